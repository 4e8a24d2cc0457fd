// With SIGCHLD ignored the kernel throws the status of every child away.
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int give_seven(void *argument)
{
    (void)argument;
    return 7;
}

int main(void)
{
    struct process *process = process_create(give_seven, NULL);
    if (process == NULL) {
        perror("process_create");
        return EXIT_FAILURE;
    }
    // [region ignore]
    if (signal(SIGCHLD, SIG_IGN) == SIG_ERR ||
        process_start(process) == -1) {
        perror("start");
        return EXIT_FAILURE;
    }
    int joined = process_join(process, -1);
    printf("join gives %d: %s\n", joined, strerror(errno));
    bool lost = process_exit_code(process) == PROCESS_NO_EXIT_CODE;
    printf("there is %s exit code\n", lost ? "no" : "an");
    // [endregion ignore]
    if (process_release(process) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return joined == -1 && lost ? EXIT_SUCCESS : EXIT_FAILURE;
}
