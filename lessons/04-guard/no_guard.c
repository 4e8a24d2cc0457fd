// A program that starts its own executable again, with nothing to stop it
// but a count.
#define _GNU_SOURCE // environ
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEPTH_MAX = 4 };

// Which one is this? The environment goes over to the new program.
static int depth(void)
{
    const char *text = getenv("NO_GUARD_DEPTH");
    return text == NULL ? 0 : atoi(text);
}

int main(void)
{
    char next[20];
    snprintf(next, sizeof next, "%d", depth() + 1);
    if (setenv("NO_GUARD_DEPTH", next, 1) == -1) {
        perror("setenv");
        return EXIT_FAILURE;
    }
    if (depth() > DEPTH_MAX) {
        puts("stopped by its own count");
        return EXIT_SUCCESS;
    }
    // [region start]
    printf("main begins; it starts a worker\n");
    pid_t pid;
    char *arguments[] = {"no_guard", NULL};
    int error =
        posix_spawn(&pid, "/proc/self/exe", NULL, NULL, arguments, environ);
    if (error != 0) {
        fprintf(stderr, "posix_spawn: %s\n", strerror(error));
        return EXIT_FAILURE;
    }
    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    // [endregion start]
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
