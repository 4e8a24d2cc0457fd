// A process for each item, and each is waited for at once.
// judged: computing waiting
#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    (void)workers;
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int i = 0; i < items; i++) {
        if (start() == 0) {
            shared[i] = function(i);
            _exit(0);
        }
        wait_for(1);
    }
    return hand_over(results, shared, items);
}
