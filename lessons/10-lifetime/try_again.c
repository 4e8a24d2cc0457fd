// A task whose worker died is given to a second worker, and then to nobody.
#include "tasks.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS = 4, ATTEMPTS = 2 };

struct task {
    int number, attempt;
};

// Task 2 kills every worker; task 3 only the first one.
static int work(struct crew_worker *worker, void *argument)
{
    struct task task;
    (void)argument;
    while (next_task(worker, &task, sizeof task)) {
        if (task.number == 2 || (task.number == 3 && task.attempt == 1))
            raise(SIGKILL);
        int square = task.number * task.number;
        if (channel_send(worker->channel, &square, sizeof square) == -1)
            break;
    }
    return 0;
}

// [region attempts]
// Returns 0, or the exit code of the last worker that died of the task.
static int do_task(struct crew *crew, struct task *task, int *square)
{
    struct crew_event event = {0};
    for (task->attempt = 1; task->attempt <= ATTEMPTS; task->attempt++) {
        crew_send(crew, 0, task, sizeof *task);
        if (crew_wait(crew, -1, &event) == -1)
            exit(EXIT_FAILURE);
        if (event.news == CREW_MESSAGE) {
            memcpy(square, event.message, sizeof *square);
            return 0;
        }
        if (crew_replace(crew, 0) == -1)
            exit(EXIT_FAILURE);
    }
    return event.exit_code;
}
// [endregion attempts]

int main(void)
{
    struct crew_options options = {.workers = 1, .body = work};
    struct crew *crew = crew_create(&options);
    int given_up = 0;
    if (crew == NULL) {
        perror("crew_create");
        return EXIT_FAILURE;
    }
    for (int i = 1; i <= TASKS; i++) {
        struct task task = {.number = i};
        int square = 0, code = do_task(crew, &task, &square);
        if (code == 0)
            printf("task %d: %d, attempt %d\n", i, square, task.attempt);
        else
            printf("task %d: given up, %d\n", i, code);
        given_up += code != 0;
    }
    crew_release(crew);
    return given_up == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
