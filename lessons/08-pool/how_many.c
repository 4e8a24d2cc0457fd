// The same 64 items with 1 to 64 workers: items that compute, and items
// that wait.
#include "pool.h"
#include "seconds.h"
#include "slow_square.h"
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = 64 };

// [region tasks]
static int compute(const void *argument, const void *item, void *result)
{
    unsigned number = *(const unsigned *)item;
    (void)argument;
    for (int i = 0; i < 500000; i++)
        number = number * 1664525 + 1013904223; // a weak random number
    *(unsigned *)result = number;
    return 0;
}

static int stand_by(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    wait_ms(3);
    return 0;
}
// [endregion tasks]

// [region measure]
// Milliseconds from the start of the workers to their end.
static double measure(int processes,
                      int (*task)(const void *, const void *, void *))
{
    static unsigned items[ITEMS], results[ITEMS];
    double start = seconds();
    struct pool *pool =
        pool_create(&(struct pool_options){.processes = processes});
    struct pool_map map = {.function = task,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = ITEMS,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        exit(EXIT_FAILURE);
    }
    pool_release(pool);
    return (seconds() - start) * 1e3;
}
// [endregion measure]
static double fastest(int processes,
                      int (*task)(const void *, const void *, void *))
{
    double first = measure(processes, task);
    double second = measure(processes, task);
    return first < second ? first : second;
}

int main(void)
{
    printf("workers  64 items compute, ms  64 items wait, ms\n");
    for (int processes = 1; processes <= 64; processes *= 2) {
        double computing = fastest(processes, compute);
        double waiting = fastest(processes, stand_by);
        printf("%-7d  %20.1f  %17.1f\n", processes, computing, waiting);
    }
    // No claim: on a busy machine any of the figures can be large.
    return EXIT_SUCCESS;
}
