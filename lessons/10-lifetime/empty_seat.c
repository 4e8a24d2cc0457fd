// The process in an empty seat is 0, and kill(0, ...) reaches many.
#include "lifetime.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int leave(struct crew_worker *worker, void *argument)
{
    (void)worker, (void)argument;
    return 0;
}

int main(void)
{
    struct crew_options options = {.workers = 1, .body = leave};
    struct crew *crew = crew_create(&options);
    struct crew_event event;
    // [region kill]
    if (crew == NULL || crew_wait(crew, -1, &event) == -1)
        return EXIT_FAILURE;
    pid_t pid = crew_pid(crew, 0);
    printf("crew_pid: %d; kill: %d\n", (int)pid, kill(pid, 0));
    // [endregion kill]
    crew_release(crew);
    return pid == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
