// The two tools that a pool is built from: a crew of workers, and what a
// worker does from its start to its end.
#include "initializer.h"
#include "lifetime.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// [region body]
static size_t serve(void *argument, const void *command, size_t size,
                    void *reply)
{
    int64_t number = *(const int64_t *)command;
    (void)argument, (void)size; // all commands are numbers here
    number *= number;
    memcpy(reply, &number, sizeof number);
    return sizeof number;
}

static int body(struct crew_worker *worker, void *argument)
{
    const struct worker_service service = {.serve = serve,
                                           .command_size = sizeof(int64_t),
                                           .reply_size = sizeof(int64_t)};
    (void)argument;
    return worker_run(worker, &service);
}
// [endregion body]

// Hears the crew until so many messages have come, and keeps the last one
// of each seat.
// [region hear]
static int hear(struct crew *crew, int messages, int64_t last[])
{
    struct crew_event event;
    while (messages > 0 && crew_wait(crew, -1, &event) == 1) {
        if (event.news != CREW_MESSAGE)
            return -1; // it has ended
        memcpy(&last[event.seat], event.message, event.size);
        messages--;
    }
    return messages == 0 ? 0 : -1;
}
// [endregion hear]

int main(void)
{
    int64_t last[3] = {0};
    struct crew_event event = {.seat = -1};
    // [region main]
    struct crew_options options = {.workers = 3, .body = body};
    struct crew *crew = crew_create(&options);
    if (crew == NULL || hear(crew, 3, last) == -1) // "I am ready", thrice
        return EXIT_FAILURE;
    for (int64_t seat = 0; seat < 3; seat++)
        if (crew_send(crew, (int)seat, &seat, sizeof seat) == -1)
            return EXIT_FAILURE;
    if (hear(crew, 3, last) == -1)
        return EXIT_FAILURE;
    for (int seat = 0; seat < 3; seat++)
        printf("seat %d: %" PRId64 "\n", seat, last[seat]);
    if (kill(crew_pid(crew, 1), SIGKILL) == -1 ||
        crew_wait(crew, -1, &event) != 1 || event.news != CREW_DIED)
        return EXIT_FAILURE;
    printf("seat %d: exit code %d\n", event.seat, event.exit_code);
    crew_release(crew);
    // [endregion main]
    return EXIT_SUCCESS;
}
