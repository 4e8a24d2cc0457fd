// A program that is started by execve() keeps the descriptors, except those
// that are marked to be closed.
#define _GNU_SOURCE // pipe2
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

// Starts cat(1), which gives back what it gets, and lives until its input
// ends. Returns when cat is running, with our end of its input and output.
static int start_cat(void)
{
    int ends[2];
    char byte = 'x';
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        if (dup2(ends[1], 0) != -1 && dup2(ends[1], 1) != -1)
            execlp("cat", "cat", (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    close(ends[1]);
    if (pid == -1 || write(ends[0], &byte, 1) != 1 ||
        read(ends[0], &byte, 1) != 1)
        return -1;
    return ends[0];
}

// [region end]
// Does the end of a pipe come, although cat lives on?
static int end_comes(int flags)
{
    int data[2];
    if (pipe2(data, flags) == -1)
        return -1;
    int cat = start_cat();
    if (cat == -1)
        return -1;
    close(data[1]);
    struct pollfd reader = {.fd = data[0], .events = POLLIN};
    int end = poll(&reader, 1, 0);
    close(data[0]);
    close(cat); // the end of cat's input
    return wait(NULL) == -1 ? -1 : end;
}
// [endregion end]

int main(void)
{
    int without = end_comes(0), with = end_comes(O_CLOEXEC);
    printf("pipe2(ends, 0): %s\n", without == 0 ? "no end" : "end");
    printf("pipe2(ends, O_CLOEXEC): %s\n", with == 1 ? "end" : "no end");
    return without == 0 && with == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
