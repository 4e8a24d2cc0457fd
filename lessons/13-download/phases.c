// One download, taken apart: when it was connected, when the first byte
// came, when the last one.
#include "gallery.h"
#include "get.h"

// [region phases]
static const struct {
    const char *name;
    CURLINFO time;
} phases[] = {
    {"address found", CURLINFO_NAMELOOKUP_TIME_T},
    {"connected", CURLINFO_CONNECT_TIME_T},
    {"first byte", CURLINFO_STARTTRANSFER_TIME_T},
    {"last byte", CURLINFO_TOTAL_TIME_T},
};
// [endregion phases]

int main(void)
{
    char link[LINK_SIZE];
    curl_off_t times[4];
    CURL *curl = new_handle();
    base_url(); // draws the picture before we measure
    link_to(link, "/images/1/3/320x240/tile.png?delay=100&rate=400000");
    struct got got = get(curl, link);

    printf("until          ms\n");
    for (int i = 0; i < 4; i++) {
        if (curl_easy_getinfo(curl, phases[i].time, &times[i]) != CURLE_OK)
            return EXIT_FAILURE;
        printf("%-13s  %5.1f\n", phases[i].name, (double)times[i] / 1e3);
    }
    curl_easy_cleanup(curl);
    if (got.code != CURLE_OK || got.status != 200)
        return EXIT_FAILURE;
    return times[2] >= 100000 && times[3] > times[2] ? EXIT_SUCCESS
                                                     : EXIT_FAILURE;
}
