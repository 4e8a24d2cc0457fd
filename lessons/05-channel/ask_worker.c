// A worker squares the numbers that come over its channel and sends them
// back.
#include "channel.h"
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

enum { PARENT, WORKER }; // whose end it is

// [region worker]
static int square_numbers(void *argument)
{
    struct channel **ends = argument;
    struct channel *tasks = ends[WORKER];
    channel_close(ends[PARENT]); // this process does not use it
    int number, result;
    size_t size;
    while ((result = channel_receive(tasks, &number, sizeof number,
                                     &size)) == 1) {
        if (size != sizeof number)
            return EXIT_FAILURE; // a message, but no task
        int square = number * number;
        if (channel_send(tasks, &square, sizeof square) == -1)
            return EXIT_FAILURE;
    }
    channel_close(tasks);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE; // -1: not the end
}
// [endregion worker]

// [region ask]
static int ask(struct channel *channel, int number)
{
    int square;
    size_t size;
    if (channel_send(channel, &number, sizeof number) == -1 ||
        channel_receive(channel, &square, sizeof square, &size) != 1 ||
        size != sizeof square)
        return -1;
    printf("%d squared is %d\n", number, square);
    return 0;
}
// [endregion ask]

int main(void)
{
    // [region main]
    struct channel *ends[2];
    if (channel_create(ends) == -1) {
        perror("channel_create");
        return EXIT_FAILURE;
    }
    struct process *worker = process_create(square_numbers, ends);
    if (worker == NULL || process_start(worker) == -1) {
        perror("process");
        return EXIT_FAILURE;
    }
    channel_close(ends[WORKER]); // the worker has it
    if (ask(ends[PARENT], 12) == -1 || ask(ends[PARENT], 1000) == -1) {
        perror("ask");
        return EXIT_FAILURE;
    }
    channel_close(ends[PARENT]); // the worker sees the end
    if (process_join(worker, -1) == -1) {
        perror("process_join");
        return EXIT_FAILURE;
    }
    printf("the worker's exit code is %d\n", process_exit_code(worker));
    // [endregion main]
    int code = process_exit_code(worker);
    return process_release(worker) == 0 ? code : EXIT_FAILURE;
}
