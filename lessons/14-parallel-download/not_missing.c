// What a map says of a link that has failed.
#include "pooled.h"

int main(void)
{
    struct download items[3] = {{.link = page_link(0, 100, "")},
                                {.link = page_link(1, 200, "fault=404")},
                                {.link = page_link(2, 300, "")}};
    struct download results[3] = {0};
    make_folder();
    struct pool *pool = pool_create(&(struct pool_options){.processes = 2});
    struct pool_map map = {.function = fetch_download,
                           .argument = folder,
                           .argument_size = sizeof folder,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = 3};
    if (pool == NULL)
        gallery_fail("pool_create");
    // [region map]
    int result = pool_map(pool, &map); // three links, one of them a 404
    printf("%d, %zu missing, %d files\n", result, map.missing,
           files_in_folder());
    // [endregion map]
    pool_release(pool);
    for (int i = 0; i < 3; i++)
        free((char *)items[i].link);
    return result == 0 && results[1].status == 404 ? EXIT_SUCCESS
                                                   : EXIT_FAILURE;
}
