// Gets one picture into a file, with libcurl.
#include "folder.h"
#include "gallery.h"
#include <curl/curl.h>

int main(void)
{
    enter_folder();
    char *link = picture_link(3, 0);

    // [region get]
    CURL *curl = curl_easy_init();
    FILE *file = fopen("tile.png", "w");
    if (curl == NULL || file == NULL)
        return EXIT_FAILURE;
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    if (fclose(file) == EOF || code != CURLE_OK)
        return EXIT_FAILURE;
    // [endregion get]

    print_files();
    free(link);
}
