// A pool's results: what has become of each link.
#include "downloads.h"
#include "pool.h"

enum { LINKS = 5 };

static const char *const ends[LINKS] = {
    "/images/1/0/320x240/cat.png", "/images/1/1/320x240/dog.png?fault=404",
    "/images/1/2/320x240/cow.png", "/images/1/3/320x240/hen.png?fault=cut",
    "/images/1/4/320x240/pig.png"};

// [region function]
static int fetch(const void *directory, const void *item, void *result)
{
    struct download *what = result;
    *what = *(const struct download *)item;
    download_call(&(struct download_partial){directory, NULL}, what);
    return 0; // also if it has failed: `what` says so
}
// [endregion function]

int main(void)
{
    struct download downloads[LINKS] = {0}, results[LINKS];
    char links[LINKS][256];
    make_folder();
    for (int i = 0; i < LINKS; i++) {
        snprintf(links[i], sizeof links[i], "%s%s", base_url(), ends[i]);
        downloads[i].link = links[i];
    }
    struct pool *pool = pool_create(&(struct pool_options){.processes = 2});
    struct pool_map map = {.function = fetch,
                           .argument = folder,
                           .argument_size = sizeof folder,
                           .items = downloads,
                           .item_size = sizeof *downloads,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = LINKS,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1)
        gallery_fail("pool");
    pool_release(pool);
    int failed = 0;
    // [region print]
    for (int i = 0; i < LINKS; i++) {
        const struct download *what = &results[i];
        printf("%s  status %ld  %s\n", what->name, what->status,
               what->error == 0 ? "is there" : strerror(what->error));
        failed += what->error != 0;
    }
    // [endregion print]
    return failed == 2 && files_in_folder() == 3 ? EXIT_SUCCESS
                                                 : EXIT_FAILURE;
}
