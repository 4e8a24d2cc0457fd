// The item is copied to the worker. What it points to is not.
#include "pool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char letters[16];
};

// [region task]
struct item {
    const struct text *name;
};

static int look(const void *argument, const void *item, void *result)
{
    const struct item *it = item;
    (void)argument;
    memcpy(result, it->name, sizeof *it->name);
    return 0;
}
// [endregion task]

int main(void)
{
    // [region main]
    static struct text name = {"before the pool"};
    struct item item = {.name = &name};
    struct text seen;
    struct pool *pool = pool_create(NULL);
    struct pool_map map = {.function = look,
                           .items = &item,
                           .item_size = sizeof item,
                           .results = &seen,
                           .result_size = sizeof seen,
                           .count = 1};
    strcpy(name.letters, "after it");
    // [endregion main]
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    printf("in the parent: %s\n", name.letters);
    printf("in a worker:   %s\n", seen.letters);
    pool_release(pool);
    return strcmp(name.letters, seen.letters) != 0 ? EXIT_SUCCESS
                                                   : EXIT_FAILURE;
}
