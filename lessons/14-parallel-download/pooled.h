// A pool over downloads, for programs that are about something else.
#pragma once
#include "downloads.h"
#include "pool.h"

// [region function]
static inline int fetch_download(const void *directory, const void *item,
                                 void *result)
{
    struct download *what = result;
    *what = *(const struct download *)item;
    download_call(&(struct download_partial){directory, NULL}, what);
    return 0; // also if it has failed: `what` says so
}
// [endregion function]

// Has a new pool do the map, into `folder`. Items, results and count are
// to be given; the rest is, unless it is given, too, what most programs
// want: fetch_download(), downloads as items and results, chunks of one.
static inline void map_downloads(const struct pool_options *options,
                                 struct pool_map map)
{
    map.argument = folder;
    map.argument_size = sizeof folder;
    if (map.function == NULL)
        map.function = fetch_download;
    if (map.item_size == 0)
        map.item_size = sizeof(struct download);
    if (map.result_size == 0)
        map.result_size = sizeof(struct download);
    if (map.chunk == 0)
        map.chunk = 1;
    struct pool *pool = pool_create(options);
    if (pool == NULL || pool_map(pool, &map) == -1)
        gallery_fail("pool");
    pool_release(pool);
}
