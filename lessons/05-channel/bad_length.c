// Text that was never meant for the channel, read as a length.
#include "channel.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct channel *ends[2];
    if (channel_create(ends) == -1) {
        perror("channel_create");
        return EXIT_FAILURE;
    }
    // [region length]
    // What a forgotten line for debugging may do:
    if (dprintf(channel_descriptor(ends[1]), "worker 1 starts\n") < 8)
        return EXIT_FAILURE;

    uint64_t length; // MSG_PEEK: look, and leave it there
    if (recv(channel_descriptor(ends[0]), &length, sizeof length,
             MSG_PEEK) != sizeof length)
        return EXIT_FAILURE;
    printf("the length would be %" PRIu64 "\n", length);

    char text[100];
    size_t size;
    int result = channel_receive(ends[0], text, sizeof text, &size);
    int reason = errno;
    printf("channel_receive gives %d: %s\n", result, strerror(reason));
    // [endregion length]
    channel_close(ends[0]);
    channel_close(ends[1]);
    return result == -1 && reason == EPROTO ? EXIT_SUCCESS : EXIT_FAILURE;
}
