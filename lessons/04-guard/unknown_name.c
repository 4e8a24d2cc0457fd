// A name that is not in the table: the start fails, and says which.
#include "guard.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static int square(const void *argument, size_t size)
{
    (void)argument;
    return (int)size;
}

int main(void)
{
    // [region main]
    static const struct guard_function functions[] = {{"square", square}};
    guard_main(functions, 1);
    struct spawn spawn = {.function = "squares"};
    if (spawn_start(&spawn) == -1) {
        printf("%s\n", spawn.message);
        return errno == ENOENT ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    // [endregion main]
    if (waitpid(spawn.pid, NULL, 0) == -1)
        perror("waitpid");
    return EXIT_FAILURE; // this program claims that the start fails
}
