// Sleeps after each start of a worker, to give it time.
// judged: computing waiting
#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int w = 0; w < workers; w++) {
        if (start() > 0) {
            usleep(40000);
            continue;
        }
        for (int i = w; i < items; i += workers)
            shared[i] = function(i);
        _exit(0);
    }
    wait_for(workers);
    return hand_over(results, shared, items);
}
