// An initializer that fails, and one that does not come to its end: the
// pool says so at once, and no worker is left.
#include "memory.h"
#include "pool.h"
#include "server.h"
#include <stdlib.h>
#include <string.h>

static atomic_int *runs; // shared

// [region initializers]
static int set_session(void *argument)
{
    atomic_fetch_add(runs, 1);
    int session = session_open(argument); // nobody listens any more
    return session == -1 ? errno : 0;
}

static int crash(void *argument)
{
    (void)argument;
    atomic_fetch_add(runs, 1);
    raise(SIGSEGV);
    return 0;
}
// [endregion initializers]

static bool try(int (*initializer)(void *argument), void *argument)
{
    enum { WORKERS = 2 };
    atomic_store(runs, 0);
    // [region try]
    struct pool_options options = {.processes = WORKERS,
                                   .initializer = initializer,
                                   .initializer_argument = argument};
    struct pool *pool = pool_create(&options);
    // [endregion try]
    if (pool != NULL) {
        pool_release(pool);
        return false;
    }
    printf("pool_create: %s\n", strerror(errno));
    bool left = waitpid(-1, NULL, WNOHANG) != -1;
    bool few = atomic_load(runs) <= WORKERS;
    printf("  %s runs of the initializer, %s\n",
           few ? "at most two" : "more than two",
           left ? "workers are left" : "no worker is left");
    return few && !left;
}

int main(void)
{
    struct server server;
    runs = memory_create(sizeof *runs);
    if (runs == NULL || !server_start(&server)) {
        perror("set up");
        return EXIT_FAILURE;
    }
    server_stop(&server);
    bool refused = try(set_session, &server);
    bool crashed = try(crash, NULL);
    return refused && crashed ? EXIT_SUCCESS : EXIT_FAILURE;
}
