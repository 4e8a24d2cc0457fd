// What kill() makes of the -1 of a failed fork(). Signal 0 only asks; it is
// not delivered.
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Stands in for a fork() that the system refuses.
static pid_t refused_fork(void)
{
    errno = EAGAIN;
    return -1;
}

static int nothing(void *argument)
{
    (void)argument;
    return 0;
}

int main(void)
{
    // [region kill]
    pid_t pid = refused_fork(); // nobody looks whether this is -1
    int answer = kill(pid, 0);
    printf("kill(%d, 0) gives %d: it would reach somebody\n", (int)pid,
           answer);
    // [endregion kill]

    // [region handle]
    struct process *process = process_create(nothing, NULL);
    if (process == NULL) {
        perror("process_create");
        return EXIT_FAILURE;
    }
    int refused = process_kill(process); // never started
    printf("process_kill() gives %d: %s\n", refused, strerror(errno));
    // [endregion handle]
    if (process_release(process) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return answer == 0 && refused == -1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
