// 160 pages and eight workers, and how many connections the server has
// seen: with a session for each link, and with one for each worker.
#include "pooled.h"
#include "served.h"
#include <errno.h>

enum { PAGES = 160, WORKERS = 8 };

// [region session]
static struct download_session *session; // one in each process

static int make_session(void *options)
{
    session = download_session_create(options);
    return session == NULL ? errno : 0;
}

static int fetch(const void *directory, const void *item, void *result)
{
    const struct download_partial partial = {directory, session};
    struct download *what = result;
    *what = *(const struct download *)item;
    download_call(&partial, what);
    return 0;
}
// [endregion session]

static void fetch_all(struct download *downloads,
                      int (*initializer)(void *options))
{
    static struct download results[PAGES];
    map_downloads(&(struct pool_options){.processes = WORKERS,
                                         .initializer = initializer},
                  (struct pool_map){.function = fetch,
                                    .items = downloads,
                                    .results = results,
                                    .count = PAGES});
}

int main(void)
{
    // The server answers when eight requests are there, so each worker has
    // its part.
    struct download *downloads = pages(PAGES, 1000, "meet=8");
    download_names(downloads, PAGES);
    make_folder();
    // [region main]
    fetch_all(downloads, NULL);
    struct served first = served();
    fetch_all(downloads, make_session);
    struct served both = served();
    // [endregion main]
    long connections = both.connections - first.connections;
    printf("a session for each  pages  connections\n");
    printf("link                %5d  %11ld\n", PAGES, first.connections);
    printf("worker              %5d  %11ld\n", PAGES, connections);
    free_downloads(downloads, PAGES);
    return both.requests == 2 * PAGES && first.connections == PAGES &&
                   connections == WORKERS
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
