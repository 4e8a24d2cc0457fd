// A map for each item: the pool has eight workers, and seven have nothing
// to do.
#include "pool.h"
#include "seconds.h"
#include "slow_square.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int task(const void *argument, const void *item, void *result)
{
    (void)argument;
    *(int64_t *)result = slow_square(*(const int64_t *)item);
    return 0;
}

int main(void)
{
    struct pool *pool = pool_create(&(struct pool_options){.processes = 8});
    double start = seconds();
    // [region loop]
    for (int64_t number = 1; number <= 4; number++) {
        int64_t result;
        struct pool_map map = {.function = task,
                               .items = &number,
                               .item_size = sizeof number,
                               .results = &result,
                               .result_size = sizeof result,
                               .count = 1};
        if (pool == NULL || pool_map(pool, &map) == -1) {
            perror("pool");
            return EXIT_FAILURE;
        }
        printf("%" PRId64 "\n", result);
    }
    // [endregion loop]
    double took = seconds() - start;
    printf("took %.3f s\n", took);
    pool_release(pool);
    return took >= 0.8 ? EXIT_SUCCESS : EXIT_FAILURE;
}
