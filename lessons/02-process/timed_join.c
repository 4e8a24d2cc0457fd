// A child that does not end by itself: a join with a time limit, then an
// end by signal.
#include "process.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// [region child]
static int wait_for_signal(void *argument)
{
    (void)argument;
    alarm(10); // if the parent dies, this child does not stay behind
    return pause();
}
// [endregion child]

int main(void)
{
    struct process *process = process_create(wait_for_signal, NULL);
    if (process == NULL || process_start(process) == -1) {
        perror("process");
        return EXIT_FAILURE;
    }
    // [region join]
    if (process_join(process, 100) == 0 || errno != ETIMEDOUT) {
        fprintf(stderr, "the child ended, or could not be waited for\n");
        return EXIT_FAILURE;
    }
    printf("after 100 ms: alive %d\n", process_is_alive(process));
    if (process_terminate(process) == -1 ||
        process_join(process, -1) == -1) {
        perror("terminate, join");
        return EXIT_FAILURE;
    }
    printf("after SIGTERM: alive %d, exit code %d\n",
           process_is_alive(process), process_exit_code(process));
    // [endregion join]
    if (process_release(process) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
