// Each worker takes the next item when it has done one and has slept as long as that took: what a worker
// does not get done while others have its processor, the other takes over.
// judged: computing
#include "design.h"
#include <stdatomic.h>
#include <time.h>

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    atomic_int *next = share(sizeof *next);
    for (int w = 0; w < workers; w++) {
        if (start() > 0)
            continue;
        for (int i = atomic_fetch_add(next, 1); i < items; i = atomic_fetch_add(next, 1)) {
            clock_t before = clock();
            shared[i] = function(i);
            usleep((useconds_t)(clock() - before));
        }
        _exit(0);
    }
    wait_for(workers);
    munmap(next, sizeof *next);
    return hand_over(results, shared, items);
}
