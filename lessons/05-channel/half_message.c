// The sender is killed in the middle of a message.
#include "channel.h"
#include "process.h"
#include "stream.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARENT, WORKER };

// [region worker]
static int die_half_way(void *argument)
{
    struct channel **ends = argument;
    int descriptor = channel_descriptor(ends[WORKER]);
    uint64_t length = 12; // bytes that will never all come
    if (write_all(descriptor, &length, sizeof length) == -1 ||
        write_all(descriptor, "only", 4) == -1)
        return EXIT_FAILURE;
    return raise(SIGKILL);
}
// [endregion worker]

int main(void)
{
    struct channel *ends[2];
    if (channel_create(ends) == -1) {
        perror("channel_create");
        return EXIT_FAILURE;
    }
    struct process *worker = process_create(die_half_way, ends);
    if (worker == NULL || process_start(worker) == -1) {
        perror("process");
        return EXIT_FAILURE;
    }
    channel_close(ends[WORKER]);
    // [region receive]
    char text[100];
    size_t size;
    int result = channel_receive(ends[PARENT], text, sizeof text, &size);
    int reason = errno;
    printf("channel_receive gives %d: %s\n", result, strerror(reason));
    // [endregion receive]
    channel_close(ends[PARENT]);
    if (process_join(worker, -1) == -1 || process_release(worker) == -1)
        return EXIT_FAILURE;
    return result == -1 && reason == EBADMSG ? EXIT_SUCCESS : EXIT_FAILURE;
}
