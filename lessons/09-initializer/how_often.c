// One worker at a time, three items for each: how often does the
// initializer run?
#include "memory.h"
#include "pool.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// [region initializer]
static int count_run(void *argument)
{
    atomic_int *runs = argument; // shared memory
    atomic_fetch_add(runs, 1);
    return 0;
}
// [endregion initializer]

static int nothing(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    return 0;
}

// [region run]
static void run(atomic_int *runs)
{
    struct pool_options options = {.processes = 1,
                                   .tasks_per_worker = 3,
                                   .initializer = count_run,
                                   .initializer_argument = runs};
    struct pool *pool = pool_create(&options);
    struct pool_map map = {.function = nothing,
                           .items = "abcdefghijkl",
                           .item_size = 1,
                           .count = 12};
    if (pool != NULL && pool_map(pool, &map) == 0)
        printf("%d\n", atomic_load(runs));
    pool_release(pool);
}
// [endregion run]

int main(void)
{
    atomic_int *runs = memory_create(sizeof *runs);
    if (runs == NULL)
        return EXIT_FAILURE;
    run(runs);
    return atomic_load(runs) == 4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
