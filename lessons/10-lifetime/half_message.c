// A dead worker's message: neither the rest of it comes nor the end.
#define _GNU_SOURCE // POLLRDHUP
#include "channel.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARENT, WORKER };

// [region worker]
static void work(struct channel *channel)
{
    uint64_t size = 12; // announced; 4 bytes follow
    if (fork() == 0) {
        alarm(10);
        _exit(pause());
    }
    send(channel_descriptor(channel), &size, sizeof size, 0);
    send(channel_descriptor(channel), "half", 4, 0);
    raise(SIGKILL);
}
// [endregion worker]

int main(void)
{
    struct channel *ends[2];
    if (channel_create(ends) == -1 ||
        prctl(PR_SET_CHILD_SUBREAPER, 1) == -1) {
        perror("main");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        work(ends[WORKER]);
    }
    int pidfd = pid == -1 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    if (pidfd == -1 || poll(&end, 1, -1) == -1)
        return EXIT_FAILURE;
    channel_close(ends[WORKER]);
    // [region receive]
    char bytes[64];
    size_t size;
    int channel = channel_descriptor(ends[PARENT]);
    ssize_t there = recv(channel, bytes, sizeof bytes, MSG_PEEK);
    struct pollfd hang_up = {.fd = channel, .events = POLLRDHUP};
    int at_end = poll(&hang_up, 1, 0);
    printf("%zd bytes of 20, end: %d\n", there, at_end);
    shutdown(channel, SHUT_RDWR);
    int result = channel_receive(ends[PARENT], bytes, sizeof bytes, &size);
    printf("after shutdown: %d, %s\n", result, strerror(errno));
    // [endregion receive]
    kill(-pid, SIGKILL); // the worker's child
    while (wait(NULL) > 0)
        continue;
    return there == 12 && at_end == 0 && result == -1 ? 0 : EXIT_FAILURE;
}
