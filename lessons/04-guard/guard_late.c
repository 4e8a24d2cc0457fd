// What stands before the guard is done by every worker, too.
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

// [region main]
static int steps; // that main did in this process

static int work(const void *argument, size_t size)
{
    (void)argument, (void)size;
    printf("worker: %d step of main was done here\n", steps);
    return steps;
}

int main(void)
{
    puts("main: a step before the guard");
    steps++;
    static const struct guard_function functions[] = {{"work", work}};
    guard_main(functions, 1); // too late
    // [endregion main]
    struct spawn spawn = {.function = "work"};
    int status;
    if (spawn_start(&spawn) == -1 || waitpid(spawn.pid, &status, 0) == -1) {
        fprintf(stderr, "%s\n", spawn.message);
        return EXIT_FAILURE;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 1 ? EXIT_SUCCESS
                                                         : EXIT_FAILURE;
}
