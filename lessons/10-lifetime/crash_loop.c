// A worker that cannot work is replaced, and its successor cannot either.
#include "tasks.h"
#include <stdio.h>
#include <stdlib.h>

enum { ENOUGH = 5 };

// [region body]
static int work(struct crew_worker *worker, void *argument)
{
    (void)argument;
    if (getenv("A_VARIABLE_THAT_NOBODY_SETS") == NULL)
        exit(78); // EX_CONFIG of sysexits.h
    char task;
    while (next_task(worker, &task, sizeof task))
        crew_task_done(worker);
    return 0;
}
// [endregion body]

int main(void)
{
    struct crew_options options = {.workers = 1, .body = work};
    struct crew *crew = crew_create(&options);
    struct crew_event event;
    // [region loop]
    int useless = 0; // workers in a row that have done no task
    while (crew != NULL && useless < ENOUGH) {
        if (crew_wait(crew, -1, &event) == -1)
            return EXIT_FAILURE;
        if (event.news == CREW_MESSAGE)
            continue;
        useless = event.tasks == 0 ? useless + 1 : 0;
        printf("a worker ended with %d\n", event.exit_code);
        if (useless < ENOUGH && crew_replace(crew, event.seat) == -1)
            return EXIT_FAILURE;
    }
    puts("no more: something is wrong with all of them");
    // [endregion loop]
    crew_release(crew);
    return useless == ENOUGH ? EXIT_SUCCESS : EXIT_FAILURE;
}
