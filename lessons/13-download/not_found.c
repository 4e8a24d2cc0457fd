// Saves a picture that does not exist any more.
#include "folder.h"
#include "gallery.h"
#include "get.h"

int main(void)
{
    char link[LINK_SIZE], line[80] = "";
    enter_folder();
    link_to(link, "/images/1/3/320x240/tile.png?fault=404");

    // [region get]
    CURL *curl = new_handle();
    FILE *file = fopen("tile.png", "w+");
    if (file == NULL)
        return EXIT_FAILURE;
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    CURLcode code = curl_easy_perform(curl);
    printf("%s\n", code_name(code));

    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    rewind(file);
    fgets(line, sizeof line, file);
    printf("status %ld, and tile.png is: %s", status, line);
    // [endregion get]

    curl_easy_cleanup(curl);
    fclose(file);
    return code == CURLE_OK && status == 404 ? EXIT_SUCCESS : EXIT_FAILURE;
}
