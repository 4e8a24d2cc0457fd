// Ten images, and a pool of eight workers. See each_its_own.c.
#include "pool.h"
#include "record.h"

enum { IMAGES = 10, DELAY_MS = 100 };

int main(void)
{
    struct download *downloads = pictures(IMAGES, DELAY_MS);
    struct record items[IMAGES], records[IMAGES];
    make_records(items, downloads, IMAGES);
    make_folder();
    double start = seconds();
    // [region map]
    const struct pool_options options = {.processes = 8, .on_demand = true};
    struct pool *pool = pool_create(&options);
    struct pool_map map = {.function = fetch_item,
                           .argument = folder,
                           .argument_size = sizeof folder,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = records,
                           .result_size = sizeof *records,
                           .count = IMAGES,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1)
        gallery_fail("pool");
    // [endregion map]
    int failed = print_records("worker", records, IMAGES, start);
    pool_release(pool);
    free_downloads(downloads, IMAGES);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
