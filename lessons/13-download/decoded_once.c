// Names that download_name() makes.
#include "download.h"
#include <stdlib.h>

int main(void)
{
    // [region links]
    static const char *const links[] = {
        "http://example.org/a/tile.png",
        "http://example.org/tile.png?size=../../large",
        "http://example.org/a/..%252Ftile.png",
        "http://example.org/a/%2e%2e",
        "http://example.org",
    };
    // [endregion links]
    char name[DOWNLOAD_NAME_SIZE];
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        download_name(links[i], name);
        printf("%-45s  %s\n", links[i], name);
    }
    return EXIT_SUCCESS;
}
