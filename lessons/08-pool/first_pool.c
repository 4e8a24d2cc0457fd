// One item on the way to each worker. Results come as they please; each
// goes to the place of its item.
#include "workers.h"
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { ITEMS = 5 };
static int gate[2];

// [region square]
static int64_t square(const struct task *task)
{
    char byte;
    if (task->index == 0 && read(gate[0], &byte, 1) != 1)
        return -1; // item 0 takes longer than all others together
    return task->number * task->number;
}
// [endregion square]
// [region give]
static const int64_t items[ITEMS] = {1, 2, 3, 4, 5};
static int64_t squares[ITEMS];
static size_t given, arrived;

static int give(struct channel *channel)
{
    struct task task = {.index = given, .number = items[given]};
    given++;
    return channel_send(channel, &task, sizeof task);
}
// [endregion give]
// [region take]
static int take(struct channel *channel)
{
    struct task task;
    size_t size;
    if (channel_receive(channel, &task, sizeof task, &size) != 1)
        return -1; // this worker is gone
    printf("arrived: item %zu\n", task.index);
    squares[task.index] = task.number;
    arrived++;
    return given < ITEMS ? give(channel) : 0; // there is room: it waits
}
// [endregion take]

int main(void)
{
    struct worker workers[WORKERS];
    struct channel *channels[WORKERS];
    bool ready[WORKERS];
    if (pipe(gate) == -1 || start_workers(workers, square) == -1)
        return EXIT_FAILURE;
    // [region loop]
    for (int i = 0; i < WORKERS; i++) {
        channels[i] = workers[i].ends[PARENT];
        if (give(channels[i]) == -1)
            return EXIT_FAILURE;
    }
    while (arrived < ITEMS) {
        if (channel_wait(channels, WORKERS, -1, ready) == -1)
            return EXIT_FAILURE;
        for (int i = 0; i < WORKERS; i++)
            if (ready[i] && take(channels[i]) == -1)
                return EXIT_FAILURE;
        if (arrived == ITEMS - 1 && write(gate[1], "", 1) != 1)
            return EXIT_FAILURE; // only item 0 is left: its gate opens
    }
    // [endregion loop]
    for (int i = 0; i < ITEMS; i++)
        printf("%" PRId64 "%c", squares[i], i < ITEMS - 1 ? ' ' : '\n');
    return stop_workers(workers) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
