// One handle for the list and for the pictures: who gets the client id?
#include "counters.h"
#include "gallery.h"
#include "get.h"
#include <stdbool.h>

// Returns how many requests for the picture had a header Authorization.
// [region session]
static int download(const char *list, const char *picture, bool resets)
{
    CURL *curl = new_handle();
    struct curl_slist *headers =
        curl_slist_append(NULL, "Authorization: Client-ID workbook");
    if (headers == NULL)
        gallery_fail("curl_slist_append");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    struct got got = get(curl, list);
    if (resets)
        curl_easy_reset(curl);
    if (got.status != 200 || get(curl, picture).status != 200)
        gallery_fail("download");
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    return counted(picture, "authorized");
}
// [endregion session]

int main(void)
{
    char list[LINK_SIZE], pictures[2][LINK_SIZE];
    link_to(list, "/gallery?images=2");
    link_to(pictures[0], "/images/1/0/320x240/tile-000.png");
    link_to(pictures[1], "/images/1/1/320x240/tile-001.png");
    int without = download(list, pictures[0], false);
    int with = download(list, pictures[1], true);
    printf("client ids sent with a picture: %d\n", without);
    printf("after curl_easy_reset:          %d\n", with);
    return without == 1 && with == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
