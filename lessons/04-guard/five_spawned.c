// One fresh program for each number of a list; the exit statuses bring the
// squares back.
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

enum { NUMBERS = 5 };

// [region square]
static int square(const void *argument, size_t size)
{
    const int *number = argument;
    return size == sizeof *number ? *number * *number : 255;
}
// [endregion square]

int main(void)
{
    // [region guard]
    static const struct guard_function functions[] = {{"square", square}};
    guard_main(functions, 1);
    // [endregion guard]
    // [region loops]
    pid_t workers[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
        int number = i + 1; // copied: it may go out of scope
        struct spawn spawn = {.function = "square",
                              .argument = &number,
                              .size = sizeof number};
        if (spawn_start(&spawn) == -1) {
            fprintf(stderr, "%s\n", spawn.message);
            return EXIT_FAILURE;
        }
        workers[i] = spawn.pid;
    }
    for (int i = 0; i < NUMBERS; i++) {
        int status;
        if (waitpid(workers[i], &status, 0) == -1 || !WIFEXITED(status))
            return EXIT_FAILURE;
        printf("%d squared is %d\n", i + 1, WEXITSTATUS(status));
    }
    // [endregion loops]
    return EXIT_SUCCESS;
}
