// 64 pages with 1 to 16 workers, and what is possible at best.
#include "downloads.h"
#include "parallel-download.h"

enum { PAGES = 64, DELAY_MS = 10 };

// [region measure]
static double measure(struct download *downloads, int workers)
{
    const struct parallel_download how = {.directory = folder,
                                          .workers = workers};
    double start = seconds();
    if (parallel_download_pool(&how, downloads, PAGES) != 0)
        gallery_fail("parallel_download_pool");
    return (seconds() - start) * 1e3;
}
// [endregion measure]

int main(void)
{
    struct download *downloads = pages(PAGES, 1000, "delay=10");
    make_folder();
    printf("workers  64 pages, ms  at best, ms\n");
    for (int workers = 1; workers <= 16; workers *= 2) {
        int rounds = (PAGES + workers - 1) / workers; // rounded up
        double took = measure(downloads, workers);
        printf("%-7d  %12.0f  %11d\n", workers, took, DELAY_MS * rounds);
        if (took < DELAY_MS * rounds)
            return EXIT_FAILURE; // nothing can be faster
    }
    free_downloads(downloads, PAGES);
    return EXIT_SUCCESS;
}
