// A child that calls exit() moves its parent's place in the input file
// back.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINES = 5, CAP = 14 }; // CAP: lines, then the parent stops by itself

// Reads a file of five lines, with a child for each of them that ends by
// `end`. Returns how many lines there were, or -1.
static int lines_read(void (*end)(int))
{
    FILE *file = tmpfile();
    if (file == NULL || fputs("one\ntwo\nthree\nfour\nfive\n", file) == EOF)
        return -1;
    rewind(file);
    // [region loop]
    int count = 0;
    char line[20];
    while (count < CAP && fgets(line, sizeof line, file) != NULL) {
        count++;
        line[strcspn(line, "\n")] = '\0';
        printf(" %s", line);
        if (fflush(stdout) == EOF)
            return -1;
        pid_t pid = fork();
        if (pid == 0)
            end(0); // here the child would do something with the line
        if (pid == -1 || waitpid(pid, NULL, 0) == -1)
            return -1;
    }
    // [endregion loop]
    printf("\n");
    return fclose(file) == EOF ? -1 : count;
}

int main(void)
{
    // [region main]
    printf("exit: ");
    int by_exit = lines_read(exit);
    printf("_exit:");
    int by_underscore_exit = lines_read(_exit);
    printf("%d and %d lines\n", by_exit, by_underscore_exit);
    // [endregion main]
    return by_exit == CAP && by_underscore_exit == LINES ? EXIT_SUCCESS
                                                         : EXIT_FAILURE;
}
