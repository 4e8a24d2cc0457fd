// Blocks of items; results come back through a pipe, and 8 % of work is added to each.
#include "design.h"

struct message {
    int item;
    uint64_t result;
};

static void work(uint64_t (*function)(int item), int begin, int end, int pipe_end)
{
    for (int i = begin; i < end; i++) {
        struct message message = {.item = i, .result = function(i)};
        burn(0.08);
        if (write(pipe_end, &message, sizeof message) != sizeof message)
            _exit(1);
    }
    _exit(0);
}

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    int ends[2];
    struct message message;
    if (pipe(ends) == -1)
        return -1;
    for (int w = 0; w < workers; w++)
        if (start() == 0)
            work(function, w * items / workers, (w + 1) * items / workers, ends[1]);
    close(ends[1]);
    while (read(ends[0], &message, sizeof message) == sizeof message)
        results[message.item] = message.result;
    close(ends[0]);
    wait_for(workers);
    return 0;
}
