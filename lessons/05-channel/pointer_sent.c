// A pointer goes through a pipe. What it points to stays behind.
#include "process.h"
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// [region message]
struct message {
    int number;
    const char *text; // an address: it means something in one process
};

static char text[20] = "the parent's text";
// [endregion message]

// [region child]
static int send_pointer(void *argument)
{
    int *ends = argument;
    strcpy(text, "the child's text");
    struct message message = {.number = 144, .text = text};
    return write_all(ends[1], &message, sizeof message) == 0 ? EXIT_SUCCESS
                                                             : EXIT_FAILURE;
}
// [endregion child]

int main(void)
{
    int ends[2];
    if (pipe(ends) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    struct process *child = process_create(send_pointer, ends);
    if (child == NULL || process_start(child) == -1 ||
        process_join(child, -1) == -1 || process_release(child) == -1) {
        perror("process");
        return EXIT_FAILURE;
    }
    // [region receive]
    struct message message;
    if (read_all(ends[0], &message, sizeof message) != sizeof message)
        return EXIT_FAILURE;
    printf("%d, \"%s\"\n", message.number, message.text);
    // [endregion receive]
    return strcmp(message.text, "the parent's text") == 0 ? EXIT_SUCCESS
                                                          : EXIT_FAILURE;
}
