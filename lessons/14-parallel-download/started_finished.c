// Five processes print what they do, in whole lines.
#include "downloads.h"
#include "process.h"

enum { IMAGES = 5 };

// [region run]
static int run(void *download)
{
    struct download *what = download;
    printf("Started downloading %s\n", what->name);
    download_call(&(struct download_partial){folder, NULL}, what);
    printf("Finished downloading %s\n", what->name);
    return what->error == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
// [endregion run]

int main(void)
{
    struct download *downloads = pictures(IMAGES, 50);
    struct process *processes[IMAGES];
    make_folder();
    // [region line]
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    // [endregion line]
    for (int i = 0; i < IMAGES; i++) {
        snprintf(downloads[i].name, sizeof downloads[i].name, "file_%d.png",
                 i);
        processes[i] = process_create(run, &downloads[i]);
        if (processes[i] == NULL || process_start(processes[i]) == -1)
            gallery_fail("process_start");
    }
    int failed = 0;
    for (int i = 0; i < IMAGES; i++) {
        if (process_join(processes[i], -1) == -1)
            gallery_fail("process_join");
        failed += process_exit_code(processes[i]) != EXIT_SUCCESS;
        process_release(processes[i]);
    }
    free_downloads(downloads, IMAGES);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
