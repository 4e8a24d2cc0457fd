// 60 images: one after the other, in three ways by eight processes, and by
// an event loop. How long it takes, and how much of it on a CPU.
#include "multi.h"
#include "parallel-download.h"

enum { IMAGES = 60, DELAY_MS = 20, WORKERS = 8 };

static struct download *downloads;

// [region ways]
static const struct parallel_download how = {.directory = folder,
                                             .workers = WORKERS};

static ssize_t one_by_one(void)
{
    const struct download_partial partial = {folder, NULL};
    return (ssize_t)download_all(&partial, downloads, IMAGES, NULL);
}

static ssize_t processes(void)
{
    return parallel_download_processes(&how, downloads, IMAGES);
}

static ssize_t pool(void)
{
    return parallel_download_pool(&how, downloads, IMAGES);
}

static ssize_t sessions(void)
{
    return parallel_download_sessions(&how, downloads, IMAGES);
}

static ssize_t event_loop(void)
{
    return IMAGES - multi_download(downloads, IMAGES, WORKERS);
}
// [endregion ways]

static void measure(const char *name, ssize_t (*way)(void))
{
    double start = seconds(), cpu = cpu_seconds();
    ssize_t failed = way();
    double took = seconds() - start;
    printf("%-18s  %8.0f  %12.0f\n", name, took * 1e3,
           (cpu_seconds() - cpu) * 1e3);
    if (failed != 0)
        gallery_fail(name);
}

int main(void)
{
    downloads = pictures(IMAGES, DELAY_MS);
    download_names(downloads, IMAGES);
    make_folder();
    printf("60 images           time, ms  on a CPU, ms\n");
    measure("one after another", one_by_one);
    measure("process for each", processes);
    measure("pool", pool);
    measure("pool with sessions", sessions);
    measure("event loop", event_loop);
    free_downloads(downloads, IMAGES);
    return EXIT_SUCCESS;
}
