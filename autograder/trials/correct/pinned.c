// Tries to keep its workers on one processor; the sandbox refuses, so it is as good as any other.
#define _GNU_SOURCE // sched_setaffinity
#include <sched.h>

#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int w = 0; w < workers; w++) {
        if (start() > 0)
            continue;
        sched_setaffinity(0, sizeof one, &one);
        for (int i = w; i < items; i += workers)
            shared[i] = function(i);
        _exit(0);
    }
    wait_for(workers);
    return hand_over(results, shared, items);
}
