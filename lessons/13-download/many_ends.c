// How a download can end: what curl_easy_perform says, and what else there
// is to ask.
#include "gallery.h"
#include "get.h"

// [region ends]
static const struct {
    const char *what, *query;
    long follow; // redirections
} ends[] = {
    {"the page", "", 0},
    {"404", "?fault=404", 0},
    {"503", "?fault=503", 0},
    {"a redirection", "?fault=redirect", 0},
    {"the same, followed", "?fault=redirect", 5},
    {"a circle, followed", "?fault=loop", 5},
    {"half a body", "?fault=cut", 0},
    {"a wrong length", "?fault=long", 0},
    {"a reset", "?fault=reset", 0},
    {"half, then silence", "?fault=stall", 0},
    {"another page", "?fault=nonsense", 0},
};
// [endregion ends]

enum { ENDS = sizeof ends / sizeof *ends };

static struct got try(const char *query, long follow)
{
    char link[LINK_SIZE];
    CURL *curl = new_handle();
    link_to(link, "/pages/1/1/20000%s", query);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, follow > 0 ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, follow);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 1000L);
    struct got got = get(curl, link);
    curl_easy_cleanup(curl);
    return got;
}

int main(void)
{
    int lies = 0; // CURLE_OK, and yet not what we wanted
    printf("%-20s  %-24s  status   bytes\n", "", "curl_easy_perform");
    for (int i = 0; i < ENDS; i++) {
        struct got got = try(ends[i].query, ends[i].follow);
        printf("%-20s  %-24s  %6ld  %6zu\n", ends[i].what,
               code_name(got.code), got.status, got.size);
        lies += got.code == CURLE_OK && got.size != 20000;
    }
    return lies == 4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
