// Ten pages with one handle, of which two go wrong.
#include "counters.h"
#include "gallery.h"
#include "get.h"

int main(void)
{
    char link[LINK_SIZE];
    CURL *curl = new_handle();
    // [region loop]
    for (int i = 1; i <= 10; i++) {
        const char *fault = i == 3 ? "404" : i == 6 ? "cut" : "";
        link_to(link, "/pages/1/%d/20000%s%s", i,
                *fault == '\0' ? "" : "?fault=", fault);
        curl_easy_reset(curl);
        get(curl, link);
    }
    printf("%d\n", connections_so_far());
    // [endregion loop]
    curl_easy_cleanup(curl);
    return EXIT_SUCCESS;
}
