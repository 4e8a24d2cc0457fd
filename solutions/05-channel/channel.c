// Whole messages between two processes, over a connected pair of stream sockets.
#include "channel.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct channel {
    int descriptor;
    bool has_size; // the next message's size has been received, its bytes have not
    uint64_t size; // of that message
    int error;     // why nothing can be received any more, or 0
};

int channel_create(struct channel *ends[2])
{
    int descriptors[2];
    struct channel *made[2] = {malloc(sizeof *made[0]), malloc(sizeof *made[1])};
    if (made[0] == NULL || made[1] == NULL ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, descriptors) == -1) {
        free(made[0]); // keeps errno: free(3)
        free(made[1]);
        return -1;
    }
    for (int i = 0; i < 2; i++) {
        *made[i] = (struct channel){.descriptor = descriptors[i]};
        ends[i] = made[i];
    }
    return 0;
}

struct channel *channel_adopt(int descriptor)
{
    int type;
    socklen_t size = sizeof type;
    if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == -1)
        return NULL;
    if (type != SOCK_STREAM) {
        errno = EPROTOTYPE;
        return NULL;
    }
    struct channel *channel = malloc(sizeof *channel);
    if (channel == NULL || fcntl(descriptor, F_SETFD, FD_CLOEXEC) == -1) {
        free(channel);
        return NULL;
    }
    *channel = (struct channel){.descriptor = descriptor};
    return channel;
}

int channel_descriptor(const struct channel *channel)
{
    return channel->descriptor;
}

// Takes the `sent` bytes at the front off a message that is being sent.
static void take_off(struct msghdr *rest, size_t sent)
{
    while (rest->msg_iovlen > 0 && sent >= rest->msg_iov->iov_len) {
        sent -= rest->msg_iov->iov_len;
        rest->msg_iov++;
        rest->msg_iovlen--;
    }
    if (sent > 0) {
        rest->msg_iov->iov_base = (char *)rest->msg_iov->iov_base + sent;
        rest->msg_iov->iov_len -= sent;
    }
}

// Ends a send that cannot go on, with errno as sendmsg(2) has left it. Returns -1.
static int give_up(struct channel *channel, bool begun)
{
    int error = errno;
    if (begun) // or the receiver would take the next message for the rest of this one
        shutdown(channel->descriptor, SHUT_WR);
    errno = error == ECONNRESET ? EPIPE : error; // reset: gone, without reading what had been sent before
    return -1;
}

int channel_send(struct channel *channel, const void *message, size_t size)
{
    uint64_t head = size;
    struct iovec parts[] = {{&head, sizeof head}, {(void *)message, size}};
    struct msghdr rest = {.msg_iov = parts, .msg_iovlen = sizeof parts / sizeof *parts};
    bool begun = false;
    if (size > CHANNEL_SIZE_MAX) {
        errno = EMSGSIZE;
        return -1;
    }
    while (rest.msg_iovlen > 0) {
        ssize_t sent = sendmsg(channel->descriptor, &rest, MSG_NOSIGNAL);
        if (sent == -1 && errno != EINTR)
            return give_up(channel, begun);
        if (sent > 0) {
            take_off(&rest, (size_t)sent);
            begun = true;
        }
    }
    return 0;
}

// Receives `size` bytes, or fewer if the end comes before. Returns how many there were, or -1.
static ssize_t receive_all(int descriptor, void *buffer, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t part = recv(descriptor, (char *)buffer + got, size - got, MSG_WAITALL);
        if (part == 0 || (part == -1 && errno == ECONNRESET)) // reset: gone, without reading all of ours
            break;
        if (part == -1 && errno != EINTR)
            return -1;
        if (part > 0)
            got += (size_t)part;
    }
    return (ssize_t)got;
}

// From here on nobody knows where the next message begins. Returns -1.
static int receive_nothing_more(struct channel *channel, int error)
{
    channel->error = errno = error;
    return -1;
}

// Receives the size of the next message, unless that was done before. Returns as channel_receive().
static int receive_size(struct channel *channel)
{
    if (channel->has_size)
        return 1;
    ssize_t got = receive_all(channel->descriptor, &channel->size, sizeof channel->size);
    if (got == 0)
        return 0;
    if (got != sizeof channel->size)
        return receive_nothing_more(channel, got == -1 ? errno : EBADMSG);
    if (channel->size > CHANNEL_SIZE_MAX)
        return receive_nothing_more(channel, EPROTO);
    channel->has_size = true;
    return 1;
}

int channel_receive(struct channel *channel, void *buffer, size_t capacity, size_t *size)
{
    *size = 0;
    if (channel->error != 0) {
        errno = channel->error;
        return -1;
    }
    int result = receive_size(channel);
    if (result != 1)
        return result;
    *size = channel->size;
    if (channel->size > capacity) {
        errno = EMSGSIZE;
        return -1;
    }
    ssize_t got = receive_all(channel->descriptor, buffer, channel->size);
    if (got == -1 || (size_t)got != channel->size)
        return receive_nothing_more(channel, got == -1 ? errno : EBADMSG);
    channel->has_size = false;
    return 1;
}

static long long monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// poll(2), which signals do not shorten.
static int poll_on(struct pollfd *looks, size_t count, int timeout_ms)
{
    long long deadline = monotonic_ms() + timeout_ms + 1; // 1: the clock was rounded down
    int left = timeout_ms;
    int ready;
    while ((ready = poll(looks, count, left)) == -1 && errno == EINTR) {
        long long now = monotonic_ms();
        if (timeout_ms >= 0)
            left = now >= deadline ? 0 : now + timeout_ms < deadline ? timeout_ms : (int)(deadline - now);
    }
    return ready;
}

// Whether a receive would find something without asking the kernel.
static bool has_news(const struct channel *channel)
{
    return channel->has_size || channel->error != 0;
}

static size_t count_channels(struct channel *const channels[], size_t count)
{
    size_t there = 0;
    for (size_t i = 0; i < count; i++)
        there += channels[i] != NULL;
    return there;
}

// Fills `looks` with what poll(2) has to look at, and nothing for NULL: it refuses a list that is longer
// than the process may have descriptors. Returns whether one of the channels has news already.
static bool fill_looks(struct pollfd *looks, struct channel *const channels[], size_t count)
{
    bool news = false;
    for (size_t i = 0; i < count; i++)
        if (channels[i] != NULL) {
            *looks++ = (struct pollfd){.fd = channels[i]->descriptor, .events = POLLIN};
            news = news || has_news(channels[i]);
        }
    return news;
}

// Returns how many are ready.
static int fill_ready(bool ready[], const struct pollfd *looks, struct channel *const channels[],
                      size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        ready[i] = channels[i] != NULL && (looks++->revents != 0 || has_news(channels[i]));
        sum += ready[i];
    }
    return sum;
}

int channel_wait(struct channel *const channels[], size_t count, int timeout_ms, bool ready[])
{
    size_t there = count_channels(channels, count);
    if (there == 0) {
        errno = EINVAL;
        return -1;
    }
    struct pollfd *looks = calloc(there, sizeof *looks);
    if (looks == NULL)
        return -1;
    bool news = fill_looks(looks, channels, count);
    int result = poll_on(looks, there, news ? 0 : timeout_ms);
    if (result != -1)
        result = fill_ready(ready, looks, channels, count);
    free(looks);
    return result;
}

int channel_poll(struct channel *channel, int timeout_ms)
{
    bool ready;
    return channel_wait(&channel, 1, timeout_ms, &ready);
}

void channel_close(struct channel *channel)
{
    int error = errno;
    if (channel != NULL)
        close(channel->descriptor); // also if it fails with EINTR: close(2)
    free(channel);
    errno = error;
}
