// What stands before the guard is done by every worker, too.
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

// [region main]
static int steps_before; // of this process

static int work(const void *argument, size_t size)
{
    (void)argument, (void)size;
    printf("worker: steps of main that were done here: %d\n", steps_before);
    return steps_before;
}

int main(void)
{
    puts("main: a step before the guard");
    steps_before++;
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
