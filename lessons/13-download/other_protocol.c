// A list from outside may have any link.
#include "folder.h"
#include "get.h"
#include <stdbool.h>

// [region only_web]
static void only_web(CURL *curl)
{
#if LIBCURL_VERSION_NUM >= 0x075500 // 7.85.0
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS,
                     (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}
// [endregion only_web]

static struct got try(const char *link, bool any)
{
    CURL *curl = new_handle();
    if (!any)
        only_web(curl);
    struct got got = get(curl, link);
    printf("%s, status %ld, %zu bytes\n", code_name(got.code), got.status,
           got.size);
    curl_easy_cleanup(curl);
    return got;
}

int main(void)
{
    char link[512];
    enter_folder();
    // [region file]
    FILE *file = fopen("diary", "w");
    if (file == NULL || fputs("private\n", file) == EOF ||
        fclose(file) == EOF)
        return EXIT_FAILURE;
    snprintf(link, sizeof link, "file://%s/diary", folder_path);
    struct got any = try(link, true);
    struct got web = try(link, false);
    // [endregion file]
    return any.code == CURLE_OK && any.size == 8 &&
                   web.code == CURLE_UNSUPPORTED_PROTOCOL
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
