// What it costs to start something that does nothing, and to wait for it.
#include "start.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void measure(const char *name, bool (*start)(void))
{
    struct cost cost = cost_of(start, 200);
    printf("%-20s  %6.1f  %5.1f\n", name, cost.median_us, cost.least_us);
}

int main(int argc, char *argv[])
{
    if (argc > 1 && strcmp(argv[1], "do-nothing") == 0)
        return EXIT_SUCCESS;
    puts("microseconds          median  least");
    measure("thread and join", thread_and_join);
    measure("fork and wait", fork_and_wait);
    measure("posix_spawn and wait", spawn_and_wait);
    // No claim: on a busy machine any of the figures can be large.
    return EXIT_SUCCESS;
}
