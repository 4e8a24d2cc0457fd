// A session for each call of the function: twelve pages, twelve sessions.
#include "pages.h"
#include "server.h"
#include <stdlib.h>

// [region fetch]
static int fetch(const void *argument, const void *item, void *result)
{
    int session = session_open(argument); // the server
    if (session == -1)
        return errno;
    int page = session_get(session, *(const int *)item);
    close(session);
    *(int *)result = page;
    return page == -1 ? EIO : 0;
}
// [endregion fetch]

int main(void)
{
    struct server server;
    if (!server_start(&server)) {
        perror("server_start");
        return EXIT_FAILURE;
    }
    // [region main]
    struct pool_options options = {.processes = 2};
    struct pool *pool = pool_create(&options);
    if (pool == NULL) {
        perror("pool_create");
        return EXIT_FAILURE;
    }
    bool fetched = fetch_pages(pool, fetch, &server, sizeof server);
    int sessions = atomic_load(server.sessions);
    printf("%d pages, %d sessions\n", PAGES, sessions);
    // [endregion main]
    pool_release(pool);
    server_stop(&server);
    return fetched && sessions == PAGES ? EXIT_SUCCESS : EXIT_FAILURE;
}
