// A hundred requests: with a handle for each, and with one for all.
#include "counters.h"
#include "gallery.h"
#include "get.h"
#include "seconds.h"
#include <stdbool.h>

enum { REQUESTS = 100, ROUNDS = 5 };

struct way {
    const char *name;
    bool keeps, resets;
};

// [region requests]
static void request_all(const struct way *way, const char *link)
{
    CURL *curl = new_handle();
    for (int i = 0; i < REQUESTS; i++) {
        if (!way->keeps && i > 0) {
            curl_easy_cleanup(curl);
            curl = new_handle();
        }
        if (way->resets)
            curl_easy_reset(curl);
        if (get(curl, link).code != CURLE_OK)
            gallery_fail(link);
    }
    curl_easy_cleanup(curl);
}
// [endregion requests]

// Prints the least of some rounds. Returns how many connections there were
// in a round.
static int measure(const struct way *way)
{
    char link[LINK_SIZE];
    double least = 1e9;
    link_to(link, "/pages/1/1/1000");
    int before = connections_so_far();
    for (int round = 0; round < ROUNDS; round++) {
        double begin = seconds();
        request_all(way, link);
        double took = seconds() - begin;
        least = took < least ? took : least;
    }
    int connections = (connections_so_far() - before) / ROUNDS;
    printf("%-25s  %11d  %12.0f\n", way->name, connections,
           least / REQUESTS * 1e6);
    return connections;
}

int main(void)
{
    static const struct way ways[] = {
        {"a handle for each", false, false},
        {"one handle", true, false},
        {"one handle, reset", true, true},
    };
    printf("%-25s  connections  microseconds\n", "");
    return measure(&ways[0]) == REQUESTS && measure(&ways[1]) == 1 &&
                   measure(&ways[2]) == 1
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
