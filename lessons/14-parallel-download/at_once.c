// How many requests reach the server at the same time: a process for each
// link, all started in one loop, and the same with a limit.
#include "parallel-download.h"
#include "process.h"
#include "served.h"

enum { LINKS = 9, WORKERS = 3 };

static int run(void *download)
{
    download_call(&(struct download_partial){folder, NULL}, download);
    return EXIT_SUCCESS;
}

// [region all]
static void all_at_once(struct download *downloads)
{
    struct process *processes[LINKS];
    for (int i = 0; i < LINKS; i++) {
        processes[i] = process_create(run, &downloads[i]);
        if (processes[i] == NULL || process_start(processes[i]) == -1)
            gallery_fail("process_start");
    }
    for (int i = 0; i < LINKS; i++) {
        if (process_join(processes[i], -1) == -1)
            gallery_fail("process_join");
        process_release(processes[i]);
    }
}
// [endregion all]

int main(void)
{
    // The server holds each request until so many are there.
    struct download *three = pages(LINKS, 1000, "meet=3");
    struct download *nine = pages(LINKS, 1000, "meet=9");
    make_folder();
    // [region limit]
    const struct parallel_download how = {.directory = folder,
                                          .workers = WORKERS};
    if (parallel_download_processes(&how, three, LINKS) != 0)
        gallery_fail("parallel_download_processes");
    // [endregion limit]
    long limited = served().at_once;
    all_at_once(nine);
    struct served seen = served();
    printf("limited to three:  %ld requests at once\n", limited);
    printf("without a limit:   %ld requests at once\n", seen.at_once);
    free_downloads(three, LINKS);
    free_downloads(nine, LINKS);
    return limited == WORKERS && seen.at_once == LINKS &&
                   seen.requests == 2 * LINKS
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
