// Ten links, as sites for sample pictures have them, and their names.
#include "download.h"
#include "folder.h"
#include "gallery.h"

enum { PICTURES = 10 };

// [region links]
static struct download *ten_pictures(void)
{
    struct download *downloads = calloc(PICTURES, sizeof *downloads);
    if (downloads == NULL)
        gallery_fail("calloc");
    for (int i = 0; i < PICTURES; i++)
        downloads[i].link = picture_link(i, 0);
    return downloads;
}
// [endregion links]

int main(void)
{
    enter_folder();
    struct download *downloads = ten_pictures();
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        gallery_fail("download_session_create");

    // [region each]
    for (int i = 0; i < PICTURES; i++) {
        struct download one = {.link = downloads[i].link};
        if (download_link(session, ".", &one) == -1)
            return EXIT_FAILURE;
    }
    printf("each by itself:\n");
    int by_itself = print_files();

    download_names(downloads, PICTURES);
    for (int i = 0; i < PICTURES; i++)
        if (download_link(session, ".", &downloads[i]) == -1)
            return EXIT_FAILURE;
    printf("with names given to all of them:\n");
    int all = print_files();
    // [endregion each]

    download_session_release(session);
    download_list_free(downloads, PICTURES);
    return by_itself == 1 && all == PICTURES ? EXIT_SUCCESS : EXIT_FAILURE;
}
