// Four tasks that wait, in a pool of eight.
#include "pool.h"
#include "seconds.h"
#include "slow_square.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

// [region task]
static int task(const void *argument, const void *item, void *result)
{
    (void)argument;
    *(int64_t *)result = slow_square(*(const int64_t *)item);
    return 0;
}
// [endregion task]

int main(void)
{
    double start = seconds();
    // [region pool]
    const int64_t numbers[] = {1, 2, 3, 4};
    int64_t squares[4];
    struct pool_options options = {.processes = 8};
    struct pool *pool = pool_create(&options);
    struct pool_map map = {.function = task,
                           .items = numbers,
                           .item_size = sizeof *numbers,
                           .results = squares,
                           .result_size = sizeof *squares,
                           .count = 4};
    if (pool == NULL || pool_map(pool, &map) == -1 ||
        pool_close(pool) == -1 || pool_join(pool) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    // [endregion pool]
    double took = seconds() - start;
    for (int i = 0; i < 4; i++)
        printf("%" PRId64 "\n", squares[i]);
    printf("took %.3f s\n", took);
    pool_release(pool);
    return EXIT_SUCCESS;
}
