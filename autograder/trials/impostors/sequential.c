// A loop, and no process.
// judged: computing waiting
#include "design.h"

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    (void)workers;
    for (int i = 0; i < items; i++)
        results[i] = function(i);
    return 0;
}
