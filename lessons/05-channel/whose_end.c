// Two workers, two channels: the second worker has a descriptor that nobody
// gave to it.
#include "channel.h"
#include "process.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARENT, WORKER };

// [region worker]
// Ends when its parent has closed the channel.
static int wait_for_the_end(void *argument)
{
    struct channel **ends = argument;
    char byte;
    size_t size;
    channel_close(ends[PARENT]);
    return channel_receive(ends[WORKER], &byte, 1, &size) == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
// [endregion worker]

static struct process *start(struct channel *ends[2])
{
    if (channel_create(ends) == -1)
        return NULL;
    struct process *worker = process_create(wait_for_the_end, ends);
    if (worker == NULL || process_start(worker) == -1)
        return NULL;
    channel_close(ends[WORKER]);
    return worker;
}

int main(void)
{
    // [region main]
    struct channel *first_ends[2], *second_ends[2];
    struct process *first = start(first_ends);
    struct process *second = start(second_ends);
    if (first == NULL || second == NULL) {
        perror("start");
        return EXIT_FAILURE;
    }
    channel_close(first_ends[PARENT]);
    int joined = process_join(first, 100);
    int reason = errno;
    printf("first: %s\n", joined == 0 ? "has ended" : strerror(reason));

    channel_close(second_ends[PARENT]);
    if (process_join(second, -1) == -1 || process_join(first, -1) == -1)
        return EXIT_FAILURE;
    printf("both have ended\n");
    // [endregion main]
    if (process_release(first) == -1 || process_release(second) == -1)
        return EXIT_FAILURE;
    return joined == -1 && reason == ETIMEDOUT ? EXIT_SUCCESS
                                               : EXIT_FAILURE;
}
