// What does the parent hear of a worker that sends two messages and exits?
#include "tasks.h"
#include <stdio.h>
#include <stdlib.h>

// [region program]
static int work(struct crew_worker *worker, void *argument)
{
    (void)argument;
    channel_send(worker->channel, "a", 1);
    channel_send(worker->channel, "b", 1);
    exit(0);
}

int main(void)
{
    struct crew_options options = {.workers = 1, .body = work};
    struct crew *crew = crew_create(&options);
    struct crew_event event;
    while (crew != NULL && crew_wait(crew, -1, &event) == 1)
        printf("%s\n", event.news == CREW_MESSAGE ? "message"
                       : event.news == CREW_LEFT  ? "left"
                                                  : "died");
    crew_release(crew);
    return crew == NULL ? EXIT_FAILURE : EXIT_SUCCESS;
}
// [endregion program]
