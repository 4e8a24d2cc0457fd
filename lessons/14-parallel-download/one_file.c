// Ten links that end in the same name, fetched without download_names().
#include "pooled.h"

enum { IMAGES = 10 };

int main(void)
{
    struct download *downloads = pictures(IMAGES, 0), results[IMAGES];
    make_folder();
    map_downloads(&(struct pool_options){.processes = 8},
                  (struct pool_map){.items = downloads,
                                    .results = results,
                                    .count = IMAGES});
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
