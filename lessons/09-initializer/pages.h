// Twelve pages, fetched by a pool.
#pragma once
#include "pool.h"
#include <stdbool.h>
#include <stdio.h>

enum { PAGES = 12 };

// Has the pool fetch the pages 1 to 12. Returns whether all have come.
static inline bool fetch_pages(struct pool *pool,
                               int (*fetch)(const void *argument,
                                            const void *item, void *result),
                               const void *argument, size_t argument_size)
{
    int wanted[PAGES], pages[PAGES];
    for (int i = 0; i < PAGES; i++)
        wanted[i] = i + 1;
    struct pool_map map = {.function = fetch,
                           .argument = argument,
                           .argument_size = argument_size,
                           .items = wanted,
                           .item_size = sizeof wanted[0],
                           .results = pages,
                           .result_size = sizeof pages[0],
                           .count = PAGES};
    if (pool_map(pool, &map) == -1) {
        perror("pool_map");
        return false;
    }
    for (int i = 0; i < PAGES; i++)
        if (pages[i] != wanted[i])
            return false;
    return true;
}
