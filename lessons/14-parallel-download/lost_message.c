// A function of a map that returns the error of its link.
#include "downloads.h"
#include "pool.h"

// [region function]
static int fetch(const void *directory, const void *item, void *result)
{
    struct download *what = result;
    *what = *(const struct download *)item;
    return download_call(&(struct download_partial){directory, NULL}, what);
}
// [endregion function]

int main(void)
{
    char *link = page_link(1, 1000, "fault=404");
    struct download download = {.link = link}, result = {0};
    make_folder();
    struct pool *pool = pool_create(&(struct pool_options){.processes = 1});
    struct pool_map map = {.function = fetch,
                           .argument = folder,
                           .argument_size = sizeof folder,
                           .items = &download,
                           .item_size = sizeof download,
                           .results = &result,
                           .result_size = sizeof result,
                           .count = 1};
    if (pool == NULL)
        gallery_fail("pool_create");
    // [region map]
    if (pool_map(pool, &map) == -1)
        printf("item %zu: code %d\n", map.item, map.code);
    printf("status %ld, message \"%s\"\n", result.status, result.message);
    // [endregion map]
    pool_release(pool);
    free(link);
    return map.missing == 1 && result.status == 0 ? EXIT_SUCCESS
                                                  : EXIT_FAILURE;
}
