// A worker has the variables as they were when it was started, and what it
// changes is its own.
#include "pool.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

// [region task]
static int64_t factor = 2;
static int64_t calls = 0;

static int times(const void *argument, const void *item, void *result)
{
    (void)argument;
    calls++;
    *(int64_t *)result = factor * *(const int64_t *)item;
    return 0;
}
// [endregion task]

int main(void)
{
    const int64_t items[] = {1, 2, 3};
    int64_t results[3];
    struct pool_map map = {.function = times,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = 3};
    // [region main]
    struct pool *pool = pool_create(NULL);
    factor = 10;
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    printf("factor %" PRId64 ": %" PRId64 " %" PRId64 " %" PRId64 "\n",
           factor, results[0], results[1], results[2]);
    printf("calls: %" PRId64 "\n", calls);
    // [endregion main]
    pool_release(pool);
    return results[2] == 6 && calls == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
