// A pool of worker processes. The task is in README.md, the contract in pool.h.
#include "pool.h"
#include "initializer.h"
#include "lifetime.h"
#include "memory.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct pool {
    struct crew *crew;
    int processes;
};

struct pool *pool_create(const struct pool_options *options)
{
    // TODO(learner): a struct pool; crew_create() starts the workers, and worker_run() is what each does
    (void)options;
    errno = ENOSYS;
    return NULL;
}

int pool_processes(const struct pool *pool)
{
    // TODO(learner): how many workers the pool has
    (void)pool;
    return 0;
}

int pool_map(struct pool *pool, struct pool_map *map)
{
    // TODO(learner): give the items to the workers, wait until all are done, put the results in order
    (void)pool;
    (void)map;
    errno = ENOSYS;
    return -1;
}

void pool_cancel(struct pool *pool)
{
    // TODO(learner): leave a note that pool_map() looks at; nothing else may be done in a signal handler
    (void)pool;
}

int pool_close(struct pool *pool)
{
    // TODO(learner): no more maps; the workers may go
    (void)pool;
    errno = ENOSYS;
    return -1;
}

int pool_join(struct pool *pool)
{
    // TODO(learner): wait until the workers of a closed pool have ended
    (void)pool;
    errno = ENOSYS;
    return -1;
}

int pool_terminate(struct pool *pool)
{
    // TODO(learner): close the pool, and end every worker: politely, by SIGTERM, by SIGKILL
    (void)pool;
    errno = ENOSYS;
    return -1;
}

void pool_release(struct pool *pool)
{
    // TODO(learner): end the workers, free everything, keep errno
    (void)pool;
}
