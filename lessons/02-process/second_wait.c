// The kernel hands out a child's status once. A handle remembers it.
#include "process.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static int give_seven(void *argument)
{
    (void)argument;
    return 7;
}

int main(void)
{
    struct process *process = process_create(give_seven, NULL);
    if (process == NULL || process_start(process) == -1) {
        perror("process");
        return EXIT_FAILURE;
    }
    // [region join]
    int first = process_join(process, -1);
    int second = process_join(process, -1);
    int code = process_exit_code(process);
    printf("join: %d, %d; exit code %d\n", first, second, code);

    int status;
    pid_t pid = waitpid(process_pid(process), &status, 0);
    printf("waitpid on the same child: %d, %s\n", (int)pid,
           strerror(errno));
    // [endregion join]
    if (process_release(process) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return first == 0 && second == 0 && pid == -1 ? EXIT_SUCCESS
                                                  : EXIT_FAILURE;
}
