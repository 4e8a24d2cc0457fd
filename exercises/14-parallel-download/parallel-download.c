// Downloads by several processes at the same time. The task is in README.md, the contract in
// parallel-download.h.
#include "parallel-download.h"
#include "memory.h"
#include "pool.h"
#include "process.h"
#include <errno.h>
#include <stdlib.h>

// One download, in memory that the processes share (memory_create()).
struct job {
    const struct parallel_download *how;
    struct download download;
};

ssize_t parallel_download_processes(const struct parallel_download *how, struct download downloads[],
                                    size_t count)
{
    // TODO(learner): jobs in shared memory; a process for each, not too many at once; the results back
    (void)how;
    (void)downloads;
    (void)count;
    errno = ENOSYS;
    return -1;
}

ssize_t parallel_download_pool(const struct parallel_download *how, struct download downloads[],
                               size_t count)
{
    // TODO(learner): a pool that maps a function over the jobs; it makes a session for each
    (void)how;
    (void)downloads;
    (void)count;
    errno = ENOSYS;
    return -1;
}

ssize_t parallel_download_sessions(const struct parallel_download *how, struct download downloads[],
                                   size_t count)
{
    // TODO(learner): the same, but each worker makes one session, by the pool's initializer
    (void)how;
    (void)downloads;
    (void)count;
    errno = ENOSYS;
    return -1;
}
