// Ten pictures: their list, and one after the other into a directory.
#include "download.h"
#include "folder.h"
#include "gallery.h"
#include "seconds.h"

// [region get]
static int get_pictures(struct download_session *session, const char *url)
{
    struct download *downloads, what;
    size_t count;
    if (download_list(session, url, "workbook", &downloads, &count,
                      &what) == -1) {
        fprintf(stderr, "%s\n", what.message);
        return -1;
    }
    struct download_partial partial = {"images", session};
    size_t failed = download_all(&partial, downloads, count, stdout);
    download_list_free(downloads, count);
    return failed == 0 ? 0 : -1;
}
// [endregion get]

int main(void)
{
    char url[LINK_SIZE];
    enter_folder();
    base_url(); // draws the pictures before we measure
    link_to(url, "/gallery?images=10&delay=100");
    // [region main]
    double begin = seconds();
    struct download_session *session = download_session_create(NULL);
    if (session == NULL || download_directory("images") == -1)
        return EXIT_FAILURE;
    int result = get_pictures(session, url);
    download_session_release(session);
    printf("took %.2f s\n", seconds() - begin);
    // [endregion main]
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
