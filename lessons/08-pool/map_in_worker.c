// A worker may not use the pool that it works for. It may have its own.
#include "pool.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// [region inner]
static int nothing(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    return 0;
}

// Returns 0, or why it cannot map.
static int map_with(struct pool *inner)
{
    const char items[4] = "";
    struct pool_map map = {
        .function = nothing, .items = items, .item_size = 1, .count = 4};
    return inner != NULL && pool_map(inner, &map) == 0 ? 0 : errno;
}
// [endregion inner]

// [region outer]
static int outer(const void *argument, const void *item, void *result)
{
    int *errors = result;
    (void)item;
    errors[0] = map_with(*(struct pool *const *)argument);
    struct pool *own = pool_create(NULL);
    errors[1] = map_with(own);
    pool_release(own);
    return 0;
}
// [endregion outer]

int main(void)
{
    int errors[2];
    struct pool *pool = pool_create(NULL);
    struct pool_map map = {.function = outer,
                           .argument = &pool,
                           .argument_size = sizeof pool,
                           .items = "",
                           .item_size = 1,
                           .results = errors,
                           .result_size = sizeof errors,
                           .count = 1};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    printf("with the pool that it works for: %s\n", strerror(errors[0]));
    printf("with a pool of its own: %s\n", strerror(errors[1]));
    pool_release(pool);
    return errors[0] == EPERM && errors[1] == 0 ? EXIT_SUCCESS
                                                : EXIT_FAILURE;
}
