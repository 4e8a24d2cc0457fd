// Each worker takes the next item when it has done one.
#include "design.h"
#include <stdatomic.h>

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    atomic_int *next = share(sizeof *next);
    for (int w = 0; w < workers; w++) {
        if (start() > 0)
            continue;
        for (int i = atomic_fetch_add(next, 1); i < items; i = atomic_fetch_add(next, 1))
            shared[i] = function(i);
        _exit(0);
    }
    wait_for(workers);
    munmap(next, sizeof *next);
    return hand_over(results, shared, items);
}
