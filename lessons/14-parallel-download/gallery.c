// The document's program: the links from a gallery, and a pool over them.
#include "downloads.h"
#include "parallel-download.h"

// [region links]
// For the caller to download_list_free(). The session ends here: no worker
// may inherit it.
static struct download *get_links(const char *client_id, size_t *count)
{
    char url[300];
    struct download *links = NULL, what = {0};
    snprintf(url, sizeof url, "%s/gallery", base_url());
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        gallery_fail("download_session_create");
    int got = download_list(session, url, client_id, &links, count, &what);
    if (got == -1) {
        fprintf(stderr, "%s: %s\n", url, what.message);
        exit(2);
    }
    download_session_release(session);
    return links;
}
// [endregion links]

int main(void)
{
    size_t count = 0;
    make_folder();
    // [region main]
    struct download *links = get_links("workbook", &count);
    const struct parallel_download how = {.directory = folder,
                                          .workers = 8};
    ssize_t failed = parallel_download_pool(&how, links, count);
    if (failed == -1)
        gallery_fail("parallel_download_pool");
    printf("%zu links, %zd failed, %d files\n", count, failed,
           files_in_folder());
    // [endregion main]
    download_list_free(links, count);
    return failed == 0 && files_in_folder() == (int)count ? EXIT_SUCCESS
                                                          : EXIT_FAILURE;
}
