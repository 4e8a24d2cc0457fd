// The crew is stopped, but a child of a worker goes on.
#include "tasks.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// [region body]
static int work(struct crew_worker *worker, void *argument)
{
    (void)argument;
    setpgid(0, 0); // a process group of its own, with its pid as its name
    pid_t helper = fork();
    if (helper == 0) {
        alarm(10);
        _exit(pause());
    }
    channel_send(worker->channel, &helper, sizeof helper);
    char task;
    while (next_task(worker, &task, sizeof task))
        continue;
    return 0;
}
// [endregion body]

int main(void)
{
    struct crew_options options = {.workers = 1, .body = work};
    struct crew *crew = crew_create(&options);
    struct crew_event event;
    // Orphans become children of this process, so that it can count them.
    if (crew == NULL || prctl(PR_SET_CHILD_SUBREAPER, 1) == -1 ||
        crew_wait(crew, -1, &event) == -1) {
        perror("crew");
        return EXIT_FAILURE;
    }
    // [region outlive]
    pid_t group = crew_pid(crew, 0);
    crew_release(crew);
    int status, running = waitpid(-1, &status, WNOHANG) == 0;
    printf("after crew_release: %s\n", running ? "one runs" : "none");
    kill(-group, SIGKILL); // all in the worker's group
    if (waitpid(-1, &status, 0) == -1 || !WIFSIGNALED(status))
        return EXIT_FAILURE;
    printf("its group is killed: ended by signal %d\n", WTERMSIG(status));
    // [endregion outlive]
    return running ? EXIT_SUCCESS : EXIT_FAILURE;
}
