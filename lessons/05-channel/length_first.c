// Three messages with their sizes before them; one of them is empty.
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

// [region sender]
static int send_results(int descriptor)
{
    if (send_message(descriptor, "144", 3) == -1 ||
        send_message(descriptor, "", 0) == -1 ||
        send_message(descriptor, "49", 2) == -1)
        return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
// [endregion sender]

int main(void)
{
    int ends[2];
    if (pipe(ends) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        close(ends[0]);
        _exit(send_results(ends[1]));
    }
    close(ends[1]);
    // [region receiver]
    char text[100];
    size_t size;
    int result;
    while ((result = receive_message(ends[0], text, sizeof text, &size)) ==
           1)
        printf("%zu bytes: \"%.*s\"\n", size, (int)size, text);
    printf("%s\n", result == 0 ? "the end" : "not a whole message");
    // [endregion receiver]
    int status;
    if (waitpid(pid, &status, 0) == -1 || status != 0)
        return EXIT_FAILURE;
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
