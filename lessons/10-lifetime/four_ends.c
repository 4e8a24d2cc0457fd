// Four workers end, each in its own way, and the crew says how.
#include "lifetime.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4 };

// [region body]
static int end_somehow(struct crew_worker *worker, void *argument)
{
    (void)argument;
    switch (worker->seat) {
    case 0:
        return 0;
    case 1:
        return 3;
    case 2:
        exit(0); // perhaps deep in a library that has found an error
    default:
        return raise(SIGKILL);
    }
}
// [endregion body]

int main(void)
{
    struct crew_options options = {.workers = WORKERS, .body = end_somehow};
    struct crew *crew = crew_create(&options);
    if (crew == NULL) {
        perror("crew_create");
        return EXIT_FAILURE;
    }
    // [region wait]
    struct crew_event event, ends[WORKERS] = {0};
    while (crew_wait(crew, -1, &event) == 1)
        ends[event.seat] = event;
    for (int i = 0; i < WORKERS; i++)
        printf("seat %d %s, exit code %d\n", i,
               ends[i].news == CREW_LEFT ? "left" : "died",
               ends[i].exit_code);
    // [endregion wait]
    crew_release(crew);
    return ends[1].news == CREW_LEFT && ends[2].news == CREW_DIED &&
                   ends[2].exit_code == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
