// read() gives what is there now, not what was asked for.
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

// The child: the second half goes out when the reader has seen the first.
static int write_in_two_steps(int text, int gate)
{
    char byte;
    if (write_all(text, "a square", 8) == -1 || read(gate, &byte, 1) != 1)
        return EXIT_FAILURE;
    return write_all(text, " is 144", 7) == -1 ? EXIT_FAILURE
                                               : EXIT_SUCCESS;
}

int main(void)
{
    int text[2], gate[2];
    if (pipe(text) == -1 || pipe(gate) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        close(text[0]);
        close(gate[1]);
        _exit(write_in_two_steps(text[1], gate[0]));
    }
    close(text[1]);
    close(gate[0]);
    // [region read]
    enum { SIZE = 15 };
    char bytes[SIZE];
    ssize_t first = read(text[0], bytes, SIZE);
    printf("asked for %d, got %zd: %.*s\n", SIZE, first, (int)first, bytes);
    // [endregion read]
    if (first < 1 || first >= SIZE || write(gate[1], "!", 1) != 1)
        return EXIT_FAILURE;
    // [region rest]
    ssize_t rest = read_all(text[0], bytes + first, SIZE - (size_t)first);
    printf("read_all for the rest, got %zd: %.*s\n", rest, SIZE, bytes);
    // [endregion rest]
    int status;
    if (waitpid(pid, &status, 0) == -1 || status != 0)
        return EXIT_FAILURE;
    return rest == SIZE - first ? EXIT_SUCCESS : EXIT_FAILURE;
}
