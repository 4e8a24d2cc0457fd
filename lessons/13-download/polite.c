// A server that says "503, come again in a second", twice.
#include "counters.h"
#include "download.h"
#include "folder.h"
#include "gallery.h"
#include "get.h"

enum { ATTEMPTS = 3 };

// [region at_once]
static int at_once(const char *link)
{
    int attempts = 0;
    struct got got;
    CURL *curl = new_handle();
    do {
        got = get(curl, link);
        attempts++;
    } while (got.status == 503 && attempts < ATTEMPTS);
    curl_easy_cleanup(curl);
    return attempts;
}
// [endregion at_once]

// [region as_told]
static int as_told(const char *link)
{
    struct download download = {.link = link};
    struct download_session *session = download_session_create(
        &(struct download_options){.attempts = ATTEMPTS});
    if (session == NULL || download_link(session, ".", &download) == -1)
        gallery_fail(download.message);
    download_session_release(session);
    return download.attempts;
}
// [endregion as_told]

int main(void)
{
    char links[2][LINK_SIZE];
    enter_folder();
    for (int i = 0; i < 2; i++)
        link_to(links[i], "/pages/1/%d/1000?fault=503&times=2&after=1", i);
    printf("         attempts  too early\n");
    int attempts = at_once(links[0]), early = counted(links[0], "early");
    printf("at once  %8d  %9d\n", attempts, early);
    int told = as_told(links[1]), told_early = counted(links[1], "early");
    printf("as told  %8d  %9d\n", told, told_early);
    return early == 2 && told == ATTEMPTS && told_early == 0 ? EXIT_SUCCESS
                                                             : EXIT_FAILURE;
}
