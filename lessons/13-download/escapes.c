// Believes the name in a link.
#include "folder.h"
#include "gallery.h"
#include "get.h"

static const char name[] = "..%2Fescaped.png"; // the end of a link

int main(void)
{
    char link[LINK_SIZE], path[256];
    enter_folder();
    if (mkdir("images", 0777) == -1)
        gallery_fail("images");
    CURL *curl = new_handle();

    // [region believe]
    char *decoded = curl_easy_unescape(curl, name, 0, NULL);
    if (decoded == NULL)
        return EXIT_FAILURE;
    snprintf(path, sizeof path, "images/%s", decoded);
    FILE *file = fopen(path, "w");
    printf("opened %s\n", path);
    // [endregion believe]

    if (file == NULL)
        gallery_fail(path);
    link_to(link, "/images/1/3/320x240/%s", name);
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    CURLcode code = curl_easy_perform(curl);
    if (fclose(file) == EOF || code != CURLE_OK)
        return EXIT_FAILURE;
    curl_free(decoded);
    curl_easy_cleanup(curl);
    int here = print_files();
    if (chdir("images") == -1)
        gallery_fail("images");
    int there = print_files();
    printf("and in images: %d files\n", there);
    return here == 2 && there == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
