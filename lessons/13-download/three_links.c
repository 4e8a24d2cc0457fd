// The middle one of three pages is not there.
#include "gallery.h"
#include "get.h"

int main(void)
{
    // [region program]
    char link[LINK_SIZE];
    int failed = 0;
    CURL *curl = new_handle();
    for (int i = 0; i < 3; i++) {
        link_to(link, "/pages/1/%d/1000%s", i, i == 1 ? "?fault=404" : "");
        if (get(curl, link).code != CURLE_OK)
            failed++;
    }
    printf("%d failed\n", failed);
    // [endregion program]
    curl_easy_cleanup(curl);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
