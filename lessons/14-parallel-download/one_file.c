// Ten links that end in the same name, fetched without download_names().
#include "downloads.h"
#include "pool.h"

enum { IMAGES = 10 };

static int fetch(const void *directory, const void *item, void *result)
{
    struct download *what = result;
    *what = *(const struct download *)item;
    download_call(&(struct download_partial){directory, NULL}, what);
    return 0;
}

int main(void)
{
    struct download *downloads = pictures(IMAGES, 0), results[IMAGES];
    make_folder();
    struct pool *pool = pool_create(&(struct pool_options){.processes = 8});
    struct pool_map map = {.function = fetch,
                           .argument = folder,
                           .argument_size = sizeof folder,
                           .items = downloads,
                           .item_size = sizeof *downloads,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = IMAGES,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1)
        gallery_fail("pool");
    pool_release(pool);
    int good = 0;
    // [region count]
    for (int i = 0; i < IMAGES; i++)
        good += results[i].error == 0;
    printf("%d downloads without an error, %d file: %s\n", good,
           files_in_folder(), results[0].name);
    // [endregion count]
    bool shown = good == IMAGES && files_in_folder() == 1;
    free_downloads(downloads, IMAGES);
    return shown ? EXIT_SUCCESS : EXIT_FAILURE;
}
