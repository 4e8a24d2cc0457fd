// The caller is one of the workers.
#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int w = 1; w < workers; w++) {
        if (start() > 0)
            continue;
        for (int i = w; i < items; i += workers)
            shared[i] = function(i);
        _exit(0);
    }
    for (int i = 0; i < items; i += workers)
        shared[i] = function(i);
    wait_for(workers - 1);
    return hand_over(results, shared, items);
}
