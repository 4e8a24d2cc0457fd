// A task prints, and the text waits in its worker's buffer. Then the worker
// is killed.
#include "pool.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

// [region task]
static int task(const void *argument, const void *item, void *result)
{
    int number = *(const int *)item;
    (void)argument;
    printf("task %d was here\n", number);
    if (number == 2)
        raise(SIGKILL);
    *(int *)result = number * number;
    return 0;
}
// [endregion task]

int main(void)
{
    // [region main]
    const int items[] = {0, 1, 2, 3};
    int results[4] = {-1, -1, -1, -1};
    // Output into a file or a pipe is buffered like this anyway.
    setvbuf(stdout, NULL, _IOFBF, BUFSIZ);
    struct pool *pool = pool_create(&(struct pool_options){.processes = 1});
    struct pool_map map = {.function = task,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = 4};
    if (pool == NULL || pool_map(pool, &map) == 0)
        return EXIT_FAILURE; // one item cannot have a result
    if (pool_close(pool) == -1 || pool_join(pool) == -1)
        return EXIT_FAILURE;
    pool_release(pool);
    printf("results: %d %d %d %d\n", results[0], results[1], results[2],
           results[3]);
    // [endregion main]
    return map.missing == 1 && map.item == 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
