// A worker ends in _exit(): what it has registered with atexit() never
// runs.
#include "memory.h"
#include "pool.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct count {
    atomic_int opened, closed;
};

// [region initializer]
static struct count *sessions; // shared memory

static void close_session(void)
{
    atomic_fetch_add(&sessions->closed, 1);
}

static int set_session(void *argument)
{
    (void)argument;
    atomic_fetch_add(&sessions->opened, 1);
    return atexit(close_session) == 0 ? 0 : 1;
}
// [endregion initializer]

int main(void)
{
    sessions = memory_create(sizeof *sessions);
    if (sessions == NULL)
        return EXIT_FAILURE;
    // [region main]
    struct pool_options options = {.processes = 2,
                                   .initializer = set_session};
    struct pool *pool = pool_create(&options);
    if (pool == NULL || pool_close(pool) == -1 || pool_join(pool) == -1)
        return EXIT_FAILURE;
    printf("opened: %d\n", atomic_load(&sessions->opened));
    printf("closed: %d\n", atomic_load(&sessions->closed));
    // [endregion main]
    pool_release(pool);
    return atomic_load(&sessions->opened) == 2 &&
                   atomic_load(&sessions->closed) == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
