// What a server says to somebody whom it does not know.
#include "download.h"
#include "gallery.h"
#include "get.h"

int main(void)
{
    char url[LINK_SIZE];
    link_to(url, "/gallery");

    // [region fail]
    CURL *curl = new_handle();
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    struct got got = get(curl, url);
    printf("%s, status %ld, a body of %zu bytes\n", code_name(got.code),
           got.status, got.size);
    curl_easy_cleanup(curl);

    struct download *downloads, what;
    size_t count;
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        return EXIT_FAILURE;
    int result =
        download_list(session, url, "nobody", &downloads, &count, &what);
    if (result == -1)
        printf("%s: %s\n", strerror(what.error), what.message);
    // [endregion fail]
    download_session_release(session);
    return got.size == 0 && what.error == EACCES && what.status == 403
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
