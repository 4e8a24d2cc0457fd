// A worker does two tasks and is replaced. How many workers do eight?
#include "pool.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TASKS = 8 };

// [region task]
static int who(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item;
    *(pid_t *)result = getpid();
    return 0;
}
// [endregion task]

// One worker at a time, so each has tasks that follow each other.
static int count_workers(const pid_t pids[TASKS])
{
    int workers = 1;
    for (int i = 1; i < TASKS; i++)
        workers += pids[i] != pids[i - 1];
    return workers;
}

// [region map]
static int workers_for(size_t chunk)
{
    struct pool_options options = {.processes = 1, .tasks_per_worker = 2};
    struct pool *pool = pool_create(&options);
    int items[TASKS] = {0}; // their values do not matter
    pid_t pids[TASKS];
    struct pool_map map = {.function = who,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = pids,
                           .result_size = sizeof *pids,
                           .count = TASKS,
                           .chunk = chunk};
    if (pool == NULL || pool_map(pool, &map) == -1)
        return -1;
    pool_release(pool);
    return count_workers(pids);
}
// [endregion map]

int main(void)
{
    int one = workers_for(1), four = workers_for(4), own = workers_for(0);
    printf("chunk 1: %d workers\n", one);
    printf("chunk 4: %d workers\n", four);
    printf("default: %d workers\n", own);
    return one == 4 && four == 4 && own == 4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
