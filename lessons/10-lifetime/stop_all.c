// Three workers: one is polite, one does not look at its channel, one is
// stopped. crew_stop() ends them all.
#include "tasks.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// [region body]
enum { POLITE, BUSY, STOPPED, WORKERS };

static int work(struct crew_worker *worker, void *argument)
{
    (void)argument;
    if (worker->seat == BUSY) {
        alarm(10);
        return pause();
    }
    char task;
    while (next_task(worker, &task, sizeof task))
        continue;
    return 0;
}
// [endregion body]

int main(void)
{
    struct crew_options options = {.workers = WORKERS, .body = work};
    struct crew *crew = crew_create(&options);
    if (crew == NULL) {
        perror("crew_create");
        return EXIT_FAILURE;
    }
    int status;
    pid_t pid = crew_pid(crew, STOPPED);
    if (kill(pid, SIGSTOP) == -1 || waitpid(pid, &status, WUNTRACED) == -1)
        return EXIT_FAILURE;
    // [region stop]
    struct crew_event event;
    crew_dismiss(crew);
    if (crew_wait(crew, -1, &event) == -1)
        return EXIT_FAILURE;
    printf("seat %d has left\n", event.seat);
    int impolite = crew_stop(crew, 100);
    printf("%d were sent a signal\n", impolite);
    pid = waitpid(-1, &status, WNOHANG);
    printf("%s is left\n", pid == -1 && errno == ECHILD ? "nobody" : "one");
    // [endregion stop]
    crew_release(crew);
    return event.seat == POLITE && impolite == 2 && pid == -1
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
