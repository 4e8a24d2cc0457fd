// A file that was opened, and read from, before the fork: every worker gets
// the same line next.
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int next_line(void *argument)
{
    FILE *list = argument;
    char line[32];
    if (fgets(line, sizeof line, list) == NULL)
        return EXIT_FAILURE;
    printf("worker: %s", line);
    return EXIT_SUCCESS;
}

int main(void)
{
    FILE *list = tmpfile();
    char line[32];
    if (list == NULL || fputs("pages\n1\n2\n3\n", list) == EOF) {
        perror("tmpfile");
        return EXIT_FAILURE;
    }
    rewind(list);
    // [region workers]
    if (fgets(line, sizeof line, list) == NULL) // the heading
        return EXIT_FAILURE;
    printf("heading: %s", line);
    for (int i = 0; i < 2; i++) {
        struct process *worker = process_create(next_line, list);
        if (worker == NULL || process_start(worker) == -1 ||
            process_join(worker, -1) == -1)
            return EXIT_FAILURE;
        process_release(worker);
    }
    // [endregion workers]
    if (fgets(line, sizeof line, list) == NULL)
        return EXIT_FAILURE;
    printf("parent: %s", line);
    fclose(list);
    return strcmp(line, "1\n") == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
