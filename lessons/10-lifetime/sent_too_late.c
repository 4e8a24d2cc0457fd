// The channel takes two tasks, but the worker may do one.
#include "tasks.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// [region body]
static int work(struct crew_worker *worker, void *argument)
{
    int number, *gate = argument;
    char byte;
    close(gate[1]);
    while (next_task(worker, &number, sizeof number)) {
        if (read(gate[0], &byte, 1) != 0) // a task that takes its time
            return EXIT_FAILURE;
        number *= number;
        if (channel_send(worker->channel, &number, sizeof number) == -1 ||
            !crew_task_done(worker))
            break;
    }
    return 0;
}
// [endregion body]

int main(void)
{
    int gate[2];
    struct crew_options options = {.workers = 1,
                                   .tasks_per_worker = 1,
                                   .body = work,
                                   .argument = gate};
    struct crew *crew = pipe(gate) == -1 ? NULL : crew_create(&options);
    if (crew == NULL) {
        perror("crew");
        return EXIT_FAILURE;
    }
    // [region send]
    int three = 3, four = 4, replies = 0;
    struct crew_event event;
    int first = crew_send(crew, 0, &three, sizeof three);
    int second = crew_send(crew, 0, &four, sizeof four);
    printf("crew_send gave %d and %d\n", first, second);
    close(gate[1]); // the worker goes on
    while (crew_wait(crew, -1, &event) == 1 && event.news == CREW_MESSAGE)
        replies++;
    printf("replies: %d; it %s, tasks done: %d\n", replies,
           event.news == CREW_LEFT ? "left" : "died", (int)event.tasks);
    // [endregion send]
    crew_release(crew);
    bool claim = second == 0 && replies == 1 && event.news == CREW_LEFT;
    return claim ? EXIT_SUCCESS : EXIT_FAILURE;
}
