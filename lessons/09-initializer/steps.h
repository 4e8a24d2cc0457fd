// Pipes that put the steps of several processes in order.
#pragma once
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

struct gate {
    int ends[2];
};

static inline struct gate make_gate(void)
{
    struct gate gate;
    if (pipe(gate.ends) == -1) {
        perror("pipe");
        exit(EXIT_FAILURE);
    }
    return gate;
}

// Lets one who waits at the gate go on, now or later. A signal handler may
// call it.
static inline void tell(const struct gate *gate)
{
    int error = errno;
    if (write(gate->ends[1], "!", 1) != 1)
        _exit(EXIT_FAILURE);
    errno = error;
}

static inline void await(const struct gate *gate)
{
    char byte;
    ssize_t count;
    while ((count = read(gate->ends[0], &byte, 1)) == -1 && errno == EINTR)
        continue;
    if (count != 1)
        _exit(EXIT_FAILURE);
}

// A number through a pipe or a socket.
static inline void send_number(int descriptor, int number)
{
    if (write(descriptor, &number, sizeof number) != sizeof number)
        _exit(EXIT_FAILURE);
}

static inline int receive_number(int descriptor)
{
    int number;
    if (read(descriptor, &number, sizeof number) != sizeof number)
        _exit(EXIT_FAILURE);
    return number;
}
