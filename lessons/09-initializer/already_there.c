// An initializer that looks whether there is a session already. The parent
// had one before the fork, so there is one in every worker: the parent's.
#include "pool.h"
#include "server.h"
#include <stdlib.h>

static int session = -1;

// [region initializers]
static int set_if_none(void *argument)
{
    if (session == -1)
        session = session_open(argument);
    return session == -1 ? errno : 0;
}

static int set_own(void *argument)
{
    if (session != -1)
        close(session); // the worker's copy of the parent's descriptor
    session = session_open(argument);
    return session == -1 ? errno : 0;
}
// [endregion initializers]

// How many sessions the server has opened when a parent with a session has
// made a pool of two; -1 if there is no pool.
static int count_sessions(int (*initializer)(void *argument))
{
    struct server server;
    if (!server_start(&server))
        return -1;
    // [region parent]
    session = session_open(&server); // perhaps to try `fetch` once
    struct pool_options options = {.processes = 2,
                                   .initializer = initializer,
                                   .initializer_argument = &server};
    struct pool *pool = pool_create(&options);
    // [endregion parent]
    int count = pool == NULL ? -1 : atomic_load(server.sessions);
    pool_release(pool);
    close(session);
    session = -1;
    server_stop(&server);
    return count;
}

int main(void)
{
    int kept = count_sessions(set_if_none);
    printf("set_if_none: %d session for three processes\n", kept);
    int own = count_sessions(set_own);
    printf("set_own: %d sessions for three processes\n", own);
    return kept == 1 && own == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
