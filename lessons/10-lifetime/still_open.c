// The parent closes its end, but another child has a copy of it. shutdown()
// makes the end for all copies.
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARENT, WORKER };

// A child that has nothing to do with the channel. Lives until the gate is
// closed.
static pid_t start_stranger(int gate[2])
{
    char byte;
    pid_t pid = fork();
    if (pid == 0) {
        close(gate[1]);
        _exit(read(gate[0], &byte, 1) == 0 ? 0 : EXIT_FAILURE);
    }
    return pid;
}

// [region end]
// Does the worker see the end when its parent closes?
static int end_comes(bool shut)
{
    int ends[2], gate[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1 ||
        pipe(gate) == -1 || start_stranger(gate) == -1) {
        perror("stranger");
        exit(EXIT_FAILURE);
    }
    if (shut)
        shutdown(ends[PARENT], SHUT_RDWR);
    close(ends[PARENT]);
    struct pollfd worker = {.fd = ends[WORKER], .events = POLLIN};
    int end = poll(&worker, 1, 0);
    // [endregion end]
    close(ends[WORKER]);
    close(gate[0]);
    close(gate[1]);
    return wait(NULL) == -1 ? -1 : end;
}

int main(void)
{
    int closed = end_comes(false), shut = end_comes(true);
    printf("close: %s\n", closed == 0 ? "no end" : "end");
    printf("shutdown and close: %s\n", shut == 1 ? "end" : "no end");
    return closed == 0 && shut == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
