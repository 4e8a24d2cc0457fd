// One file is too large, and the kernel kills the worker that writes it.
#include "downloads.h"
#include "parallel-download.h"
#include <errno.h>

enum { PAGES = 6, LARGE = 3 };

int main(void)
{
    struct download *downloads = pages(PAGES, 1000, "");
    free((char *)downloads[LARGE].link);
    downloads[LARGE].link = page_link(LARGE, 200000, "");
    make_folder();
    // [region limit]
    const struct rlimit limit = {.rlim_cur = 100000, .rlim_max = 100000};
    const struct rlimit none = {0};
    if (setrlimit(RLIMIT_FSIZE, &limit) == -1 ||
        setrlimit(RLIMIT_CORE, &none) == -1) // no core file of it
        gallery_fail("setrlimit");
    // [endregion limit]
    // [region download]
    const struct parallel_download how = {.directory = folder,
                                          .workers = 2};
    ssize_t failed = parallel_download_sessions(&how, downloads, PAGES);
    for (int i = 0; i < PAGES; i++)
        printf("%-6s  %s\n", downloads[i].name,
               downloads[i].error == 0        ? "is there"
               : downloads[i].error == ECHILD ? "its process has ended"
                                              : "another error");
    // [endregion download]
    bool shown = failed == 1 && downloads[LARGE].error == ECHILD;
    free_downloads(downloads, PAGES);
    return shown ? EXIT_SUCCESS : EXIT_FAILURE;
}
