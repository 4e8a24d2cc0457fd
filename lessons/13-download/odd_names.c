// What becomes of names that are a trap.
#include "download.h"
#include "folder.h"
#include "gallery.h"

int main(void)
{
    char url[LINK_SIZE];
    struct download *downloads, what;
    size_t count;
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        gallery_fail("download_session_create");
    link_to(url, "/gallery?images=13&names=odd");
    if (download_list(session, url, "workbook", &downloads, &count,
                      &what) == -1) {
        fprintf(stderr, "%s\n", what.message);
        return EXIT_FAILURE;
    }

    printf("%-26s  %s\n", "end of the link", "name of the file");
    int slashes = 0;
    for (size_t i = 0; i < count; i++) {
        const char *end = strstr(downloads[i].link, "320x240/") + 8;
        printf("%-26.26s  %.26s\n", end, downloads[i].name);
        slashes += strchr(downloads[i].name, '/') != NULL;
    }
    download_list_free(downloads, count);
    download_session_release(session);
    return count == 13 && slashes == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
