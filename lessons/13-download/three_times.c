// A limit of 300 milliseconds, and a server that needs 250 to say "503".
#include "download.h"
#include "folder.h"
#include "gallery.h"
#include "get.h"
#include "seconds.h"

enum { LIMIT_MS = 300, ATTEMPTS = 3 };

// [region each]
static void each_attempt(const char *link)
{
    struct got got;
    int attempts = 0;
    CURL *curl = new_handle();
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LIMIT_MS);
    do {
        got = get(curl, link);
        attempts++;
    } while (got.status != 200 && attempts < ATTEMPTS);
    curl_easy_cleanup(curl);
}
// [endregion each]

// [region all]
static void all_attempts(const char *link)
{
    struct download download = {.link = link};
    struct download_session *session =
        download_session_create(&(struct download_options){
            .timeout_ms = LIMIT_MS, .attempts = ATTEMPTS});
    if (session == NULL)
        gallery_fail("download_session_create");
    if (download_link(session, ".", &download) == -1)
        printf("%s after %d of %d attempts\n", strerror(download.error),
               download.attempts, ATTEMPTS);
    download_session_release(session);
}
// [endregion all]

int main(void)
{
    char link[LINK_SIZE];
    enter_folder();
    link_to(link, "/pages/1/1/1000?fault=503&delay=250");
    double begin = seconds();
    each_attempt(link);
    double took_ms = (seconds() - begin) * 1e3;
    printf("a limit for each attempt: more than %d ms\n",
           (int)took_ms / 50 * 50);
    all_attempts(link);
    return took_ms > LIMIT_MS ? EXIT_SUCCESS : EXIT_FAILURE;
}
