// A worker is dead, but the end of its channel does not come: a child of
// the worker holds it.
#include "channel.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARENT, WORKER };

// [region worker]
static void work(struct channel *ends[2], int gate[2])
{
    channel_close(ends[PARENT]);
    close(gate[1]);
    if (fork() == 0) { // a helper: inherits the worker's end
        char byte;
        _exit(read(gate[0], &byte, 1) == 0 ? 0 : EXIT_FAILURE);
    }
    raise(SIGKILL);
}
// [endregion worker]

int main(void)
{
    struct channel *ends[2];
    int gate[2];
    // The helper becomes our child when the worker is dead: prctl(2).
    if (channel_create(ends) == -1 || pipe(gate) == -1 ||
        prctl(PR_SET_CHILD_SUBREAPER, 1) == -1) {
        perror("main");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == 0)
        work(ends, gate);
    int pidfd = pid == -1 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd == -1) {
        perror("worker");
        return EXIT_FAILURE;
    }
    channel_close(ends[WORKER]);
    close(gate[0]);
    // [region look]
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    int dead = poll(&end, 1, -1);
    int closed = channel_poll(ends[PARENT], 0);
    printf("the worker's pidfd: %d, its channel: %d\n", dead, closed);
    close(gate[1]); // the helper ends
    int later = channel_poll(ends[PARENT], -1);
    printf("when its helper has ended, too: %d\n", later);
    // [endregion look]
    channel_close(ends[PARENT]);
    close(pidfd);
    while (wait(NULL) > 0)
        continue;
    return dead == 1 && closed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
