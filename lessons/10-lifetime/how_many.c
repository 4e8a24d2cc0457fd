// How many workers does it take?
#include "pool.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int who(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item;
    *(pid_t *)result = getpid();
    return 0;
}

int main(void)
{
    pid_t pids[10];
    char items[10] = {0};
    // [region options]
    struct pool_options options = {.processes = 1, .tasks_per_worker = 3};
    struct pool_map map = {.function = who,
                           .items = items,
                           .item_size = 1,
                           .results = pids,
                           .result_size = sizeof *pids,
                           .count = 10,
                           .chunk = 4};
    // [endregion options]
    struct pool *pool = pool_create(&options);
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    pool_release(pool);
    int workers = 1;
    for (int i = 0; i < 10; i++) {
        workers += i > 0 && pids[i] != pids[i - 1];
        printf("task %d: worker %d\n", i, workers);
    }
    return workers == 4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
