// The end of a pipe comes when the last process has closed the write end:
// also a sibling that never writes, also the reader itself.
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// [region at_end]
static bool at_end(int descriptor)
{
    struct pollfd pipe_end = {.fd = descriptor, .events = POLLIN};
    return poll(&pipe_end, 1, 0) == 1 && (pipe_end.revents & POLLHUP) != 0;
}
// [endregion at_end]

// [region children]
static void write_and_end(const int data[2])
{
    close(data[0]);
    _exit(write(data[1], "144", 3) == 3 ? EXIT_SUCCESS : EXIT_FAILURE);
}

// Has the write end, too: the fork has copied it.
static void live_until_told(const int data[2], const int gate[2])
{
    char byte;
    close(data[0]);
    close(gate[1]);
    _exit(read(gate[0], &byte, 1) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
// [endregion children]

int main(void)
{
    int data[2], gate[2];
    if (pipe(data) == -1 || pipe(gate) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t writer = fork();
    if (writer == 0)
        write_and_end(data);
    pid_t sibling = fork();
    if (sibling == 0)
        live_until_told(data, gate);
    if (writer == -1 || sibling == -1)
        return EXIT_FAILURE;
    // [region ends]
    char bytes[3];
    if (waitpid(writer, NULL, 0) == -1 || read(data[0], bytes, 3) != 3)
        return EXIT_FAILURE;
    bool first = at_end(data[0]);
    printf("the writer is gone, all is read: %s\n",
           first ? "end" : "no end");

    close(data[1]);
    bool second = at_end(data[0]);
    printf("the reader has closed its own: %s\n",
           second ? "end" : "no end");

    close(gate[1]); // the sibling ends
    if (waitpid(sibling, NULL, 0) == -1)
        return EXIT_FAILURE;
    bool third = at_end(data[0]);
    printf("the sibling is gone, too: %s\n", third ? "end" : "no end");
    // [endregion ends]
    return !first && !second && third && read(data[0], bytes, 3) == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
