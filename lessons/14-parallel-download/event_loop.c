// One process, eight downloads at the same time.
#include "multi.h"
#include "served.h"

enum { IMAGES = 40 };

int main(void)
{
    // The server answers when eight requests are there.
    struct download *downloads = pages(IMAGES, 1000, "meet=8");
    download_names(downloads, IMAGES);
    make_folder();
    // [region main]
    int done = multi_download(downloads, IMAGES, 8);
    struct served seen = served();
    printf("%d of %d pages, %ld at once, %ld connections, 1 process\n",
           done, IMAGES, seen.at_once, seen.connections);
    // [endregion main]
    free_downloads(downloads, IMAGES);
    return done == IMAGES && seen.at_once == 8 ? EXIT_SUCCESS
                                               : EXIT_FAILURE;
}
