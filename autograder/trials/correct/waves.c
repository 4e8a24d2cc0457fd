// As many processes as there are workers, one item each; then the next wave.
#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    uint64_t *shared = share((size_t)items * sizeof *shared);
    for (int i = 0; i < items; i += workers) {
        int started = 0;
        for (int w = 0; w < workers && i + w < items; w++, started++) {
            if (start() > 0)
                continue;
            shared[i + w] = function(i + w);
            _exit(0);
        }
        wait_for(started);
    }
    return hand_over(results, shared, items);
}
