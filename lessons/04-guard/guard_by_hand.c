// A program that starts its own executable again, and a guard that tells
// the worker from the program.
#define _GNU_SOURCE // environ
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// [region work]
static int square(int number)
{
    printf("worker: the square of %d is %d\n", number, number * number);
    return EXIT_SUCCESS;
}
// [endregion work]

int main(int argc, char *argv[])
{
    // [region guard]
    if (argc == 3 && strcmp(argv[1], "--worker") == 0)
        return square(atoi(argv[2]));
    // [endregion guard]
    // [region start]
    printf("main begins; it starts a worker\n");
    pid_t pid;
    char *arguments[] = {"guard_by_hand", "--worker", "10", NULL};
    int error =
        posix_spawn(&pid, "/proc/self/exe", NULL, NULL, arguments, environ);
    // [endregion start]
    if (error != 0) {
        fprintf(stderr, "posix_spawn: %s\n", strerror(error));
        return EXIT_FAILURE;
    }
    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
