// Half as much work as there is in all is done by the caller before it starts its workers.
// judged: computing
#include "design.h"
#include <time.h>

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int i = 0; i < items / 2; i++)
        burn(1);
    for (int w = 0; w < workers; w++) {
        if (start() > 0)
            continue;
        for (int i = w; i < items; i += workers)
            shared[i] = function(i);
        _exit(0);
    }
    wait_for(workers);
    return hand_over(results, shared, items);
}
