// 40 pages, one of which takes long, with eight workers and three chunks.
#include "pooled.h"

enum { PAGES = 40, WORKERS = 8, SLOW_MS = 300, FAST_MS = 30 };

static double measure(const struct download *downloads, size_t chunk)
{
    static struct download results[PAGES];
    double start = seconds();
    map_downloads(&(struct pool_options){.processes = WORKERS},
                  (struct pool_map){.items = downloads,
                                    .results = results,
                                    .count = PAGES,
                                    .chunk = chunk});
    return (seconds() - start) * 1e3;
}

int main(void)
{
    struct download *downloads = no_downloads(PAGES);
    for (int i = 0; i < PAGES; i++)
        downloads[i].link =
            page_link(i, 1000, i == 0 ? "delay=300" : "delay=30");
    download_names(downloads, PAGES);
    make_folder();
    // [region chunks]
    const size_t chunks[] = {1, 2, 5};
    double took = 0;
    printf("chunk  40 pages, ms\n");
    for (int i = 0; i < 3; i++) {
        took = measure(downloads, chunks[i]);
        printf("%-5zu  %12.0f\n", chunks[i], took);
    }
    // [endregion chunks]
    free_downloads(downloads, PAGES);
    return took >= SLOW_MS + 4 * FAST_MS ? EXIT_SUCCESS : EXIT_FAILURE;
}
