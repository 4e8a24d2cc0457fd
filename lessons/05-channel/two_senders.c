// Two processes send on one pipe. One comes between the length and the
// bytes of the other.
#include "process.h"
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pipes {
    int data[2], half_way[2], gate[2];
};

// [region first]
static int send_first(void *argument)
{
    const struct pipes *pipes = argument;
    uint64_t length = 5;
    char byte = '!';
    if (write_all(pipes->data[1], &length, sizeof length) == -1)
        return EXIT_FAILURE;
    // Here the other one gets its turn. This program makes sure of it:
    if (write(pipes->half_way[1], &byte, 1) != 1 ||
        read(pipes->gate[0], &byte, 1) != 1)
        return EXIT_FAILURE;
    return write_all(pipes->data[1], "first", 5);
}

static int send_second(void *argument)
{
    const struct pipes *pipes = argument;
    return send_message(pipes->data[1], "two", 3);
}
// [endregion first]

int main(void)
{
    struct pipes pipes;
    char byte;
    if (pipe(pipes.data) == -1 || pipe(pipes.half_way) == -1 ||
        pipe(pipes.gate) == -1)
        return EXIT_FAILURE;
    struct process *first = process_create(send_first, &pipes);
    struct process *second = process_create(send_second, &pipes);
    if (first == NULL || second == NULL || process_start(first) == -1 ||
        read(pipes.half_way[0], &byte, 1) != 1 ||
        process_start(second) == -1 || process_join(second, -1) == -1 ||
        write(pipes.gate[1], &byte, 1) != 1 ||
        process_join(first, -1) == -1)
        return EXIT_FAILURE;
    // [region receive]
    char text[100];
    size_t size;
    if (receive_message(pipes.data[0], text, sizeof text, &size) != 1)
        return EXIT_FAILURE;
    printf("a message of %zu bytes:", size);
    for (size_t i = 0; i < size; i++)
        printf(" %02x", (unsigned char)text[i]);
    printf("\n");
    // [endregion receive]
    if (process_release(first) == -1 || process_release(second) == -1)
        return EXIT_FAILURE;
    return size == 5 && memcmp(text, "first", 5) != 0 ? EXIT_SUCCESS
                                                      : EXIT_FAILURE;
}
