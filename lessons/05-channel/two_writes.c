// Two results go into a pipe with two calls. One call takes both out.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    // [region pipe]
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
        close(ends[0]); // the child only writes
        if (write(ends[1], "144", 3) != 3 || write(ends[1], "49", 2) != 2)
            _exit(EXIT_FAILURE);
        _exit(EXIT_SUCCESS);
    }
    close(ends[1]); // the parent only reads
    // [endregion pipe]
    int status;
    if (waitpid(pid, &status, 0) == -1 || status != 0)
        return EXIT_FAILURE;
    // [region read]
    char text[100] = "";
    ssize_t got = read(ends[0], text, sizeof text - 1);
    printf("one read: %zd bytes, \"%s\"\n", got, text);
    // [endregion read]
    return strcmp(text, "14449") == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
