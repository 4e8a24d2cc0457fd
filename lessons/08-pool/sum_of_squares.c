// What is in `sum` at the end?
#include "pool.h"
#include <stdio.h>
#include <stdlib.h>

// [region program]
static int sum = 0;

static int add_square(const void *argument, const void *item, void *result)
{
    (void)argument, (void)result;
    sum += *(const int *)item * *(const int *)item;
    return 0;
}

int main(void)
{
    const int items[] = {1, 2, 3};
    struct pool *pool = pool_create(&(struct pool_options){.processes = 3});
    struct pool_map map = {.function = add_square,
                           .items = items,
                           .item_size = sizeof *items,
                           .count = 3};
    if (pool == NULL || pool_map(pool, &map) == -1)
        return EXIT_FAILURE;
    pool_release(pool);
    printf("%d\n", sum);
    return EXIT_SUCCESS;
}
// [endregion program]
