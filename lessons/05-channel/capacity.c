// How much fits, until a writer has to wait?
#define _GNU_SOURCE // F_GETPIPE_SZ
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

// [region fill]
// Writes `size` bytes at a time until nothing more fits. Returns how many
// bytes went in.
static long fill(int descriptor, size_t size)
{
    static const char bytes[8192];
    long total = 0;
    ssize_t n;
    if (fcntl(descriptor, F_SETFL, O_NONBLOCK) == -1)
        return -1;
    while ((n = write(descriptor, bytes, size)) > 0)
        total += n;
    return errno == EAGAIN ? total : -1;
}
// [endregion fill]

static long pipe_holds(size_t size)
{
    int ends[2];
    if (pipe(ends) == -1)
        return -1;
    long total = fill(ends[1], size);
    close(ends[0]);
    close(ends[1]);
    return total;
}

static long socket_holds(size_t size)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1)
        return -1;
    long total = fill(ends[1], size);
    close(ends[0]);
    close(ends[1]);
    return total;
}

int main(void)
{
    static const size_t sizes[] = {1, 100, 3000, 4096, 8192};
    int ends[2];
    if (pipe(ends) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    int capacity = fcntl(ends[1], F_GETPIPE_SZ);
    printf("F_GETPIPE_SZ: %d\n", capacity);
    printf("%-10s %10s %14s\n", "write", "pipe", "socket pair");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        long in_pipe = pipe_holds(sizes[i]),
             in_socket = socket_holds(sizes[i]);
        if (in_pipe <= 0 || in_pipe > capacity || in_socket <= 0)
            return EXIT_FAILURE;
        printf("%-10zu %10ld %14ld\n", sizes[i], in_pipe, in_socket);
    }
    return EXIT_SUCCESS;
}
