// A session for each worker: twelve pages, two sessions. See
// session_per_call.c.
#include "pages.h"
#include "server.h"
#include <stdlib.h>

// [region session]
static int session = -1; // one in each process, each with its own value

static int set_session(void *argument)
{
    session = session_open(argument); // the server
    return session == -1 ? errno : 0;
}

static int fetch(const void *argument, const void *item, void *result)
{
    (void)argument; // none: the server is known to the session
    *(int *)result = session_get(session, *(const int *)item);
    return *(int *)result == -1 ? EIO : 0;
}
// [endregion session]

int main(void)
{
    struct server server;
    if (!server_start(&server)) {
        perror("server_start");
        return EXIT_FAILURE;
    }
    // [region main]
    struct pool_options options = {.processes = 2,
                                   .initializer = set_session,
                                   .initializer_argument = &server};
    struct pool *pool = pool_create(&options);
    if (pool == NULL) {
        perror("pool_create");
        return EXIT_FAILURE;
    }
    bool fetched = fetch_pages(pool, fetch, NULL, 0);
    int sessions = atomic_load(server.sessions);
    printf("%d pages, %d sessions\n", PAGES, sessions);
    printf("in the parent, session is %d\n", session);
    // [endregion main]
    pool_release(pool);
    server_stop(&server);
    return fetched && sessions == 2 && session == -1 ? EXIT_SUCCESS
                                                     : EXIT_FAILURE;
}
