// Where the error of a full disk shows: /dev/full is one, full(4).
#include "gallery.h"
#include "get.h"

// [region download]
static CURLcode download(CURL *curl, int size, int *error)
{
    char link[LINK_SIZE];
    FILE *file = fopen("/dev/full", "w");
    if (file == NULL)
        gallery_fail("/dev/full");
    curl_easy_setopt(curl, CURLOPT_URL,
                     link_to(link, "/pages/1/1/%d", size));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    CURLcode code = curl_easy_perform(curl);
    *error = fclose(file) == EOF ? errno : 0;
    return code;
}
// [endregion download]

int main(void)
{
    int error;
    CURL *curl = new_handle();
    printf("  bytes  curl_easy_perform  fclose\n");
    CURLcode code = download(curl, 100000, &error);
    printf(" 100000  %-17s  %s\n", code_name(code), strerror(error));
    code = download(curl, 1000, &error);
    printf("   1000  %-17s  %s\n", code_name(code), strerror(error));
    curl_easy_cleanup(curl);
    return code == CURLE_OK && error == ENOSPC ? EXIT_SUCCESS
                                               : EXIT_FAILURE;
}
