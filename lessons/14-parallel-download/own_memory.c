// A child stores its result in its own memory, and ends with the status.
#include "downloads.h"
#include "process.h"

// [region run]
static int run(void *download)
{
    struct download *what = download;
    download_call(&(struct download_partial){folder, NULL}, what);
    return (int)what->status;
}
// [endregion run]

int main(void)
{
    struct download download = {.link = page_link(1, 1000, "fault=404")};
    make_folder();
    // [region main]
    struct process *process = process_create(run, &download);
    if (process == NULL || process_start(process) == -1 ||
        process_join(process, -1) == -1)
        gallery_fail("process");
    printf("exit code %d\n", process_exit_code(process));
    printf("status %ld, error %d\n", download.status, download.error);
    // [endregion main]
    bool lost = process_exit_code(process) == 404 % 256 &&
                download.status == 0 && download.error == 0;
    process_release(process);
    free((char *)download.link);
    return lost ? EXIT_SUCCESS : EXIT_FAILURE;
}
