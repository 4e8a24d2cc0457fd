// One argument is bound for all calls: the directory that all files go to.
#include "pool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char letters[64];
};

// [region target]
// The file into which a link is to be downloaded.
static int target(const void *argument, const void *item, void *result)
{
    const char *directory = argument, *link = item;
    struct text *path = result;
    const char *name = strrchr(link, '/');
    if (name == NULL)
        return 1; // this is no link
    int length = snprintf(path->letters, sizeof path->letters, "%s%s",
                          directory, name);
    return length < (int)sizeof path->letters ? 0 : 1;
}
// [endregion target]

int main(void)
{
    // [region map]
    const char directory[] = "images";
    const struct text links[] = {{"http://localhost/1.png"},
                                 {"http://localhost/2.png"},
                                 {"http://localhost/3.png"}};
    struct text paths[3];
    struct pool *pool = pool_create(NULL);
    struct pool_map map = {.function = target,
                           .argument = directory,
                           .argument_size = sizeof directory,
                           .items = links,
                           .item_size = sizeof *links,
                           .results = paths,
                           .result_size = sizeof *paths,
                           .count = 3};
    // [endregion map]
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < 3; i++)
        puts(paths[i].letters);
    pool_release(pool);
    return EXIT_SUCCESS;
}
