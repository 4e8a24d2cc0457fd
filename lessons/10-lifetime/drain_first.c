// A worker sends three messages and dies. Who looks for its end first loses
// them.
#include "channel.h"
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARENT, WORKER };

// [region worker]
static void work(struct channel *channel)
{
    for (int i = 0; i < 3; i++)
        if (channel_send(channel, &i, sizeof i) == -1)
            _exit(EXIT_FAILURE);
    raise(SIGKILL);
}
// [endregion worker]

// [region hear]
// Returns how many messages were heard before the end.
static int hear(struct channel *channel, int pidfd, bool end_first)
{
    struct pollfd looks[] = {
        {.fd = channel_descriptor(channel), .events = POLLIN},
        {.fd = pidfd, .events = POLLIN},
    };
    for (int messages = 0;; messages++) {
        int number;
        size_t size;
        if (poll(looks, 2, -1) == -1)
            return -1;
        if (end_first && looks[1].revents != 0)
            return messages;
        if (channel_poll(channel, 0) == 0 || // asked again
            channel_receive(channel, &number, sizeof number, &size) != 1)
            return messages;
    }
}
// [endregion hear]

static int try(bool end_first)
{
    struct channel *ends[2];
    if (channel_create(ends) == -1)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        work(ends[WORKER]);
    int pidfd = pid == -1 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    if (pidfd == -1 || poll(&end, 1, -1) == -1) // it is dead from here on
        return -1;
    channel_close(ends[WORKER]);
    int messages = hear(ends[PARENT], pidfd, end_first);
    channel_close(ends[PARENT]);
    close(pidfd);
    return waitpid(pid, NULL, 0) == pid ? messages : -1;
}

int main(void)
{
    int lost = try(true), all = try(false);
    printf("end first: %d messages\nmessages first: %d\n", lost, all);
    return lost == 0 && all == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
