// All workers share one lock, held while an item is done.
// judged: computing waiting
#include "design.h"
#include <semaphore.h>

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    sem_t *lock = share(sizeof *lock);
    sem_init(lock, 1, 1);
    for (int w = 0; w < workers; w++) {
        if (start() > 0)
            continue;
        for (int i = w; i < items; i += workers) {
            sem_wait(lock);
            shared[i] = function(i);
            sem_post(lock);
        }
        _exit(0);
    }
    wait_for(workers);
    munmap(lock, sizeof *lock);
    return hand_over(results, shared, items);
}
