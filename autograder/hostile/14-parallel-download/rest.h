// The rest of every submission against parallel-download.h: the prover puts it behind an attack. The
// first drive calls parallel_download_processes() first: it attacks, and fails.
// failure: expected 0. Start here: name the downloads
//
#include "parallel-download.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_parallel_download_processes
ssize_t parallel_download_processes(const struct parallel_download *how, struct download downloads[],
                                    size_t count)
{
    (void)how;
    (void)downloads;
    (void)count;
    attack();
    return -1;
}
#endif

#ifndef BRINGS_parallel_download_pool
ssize_t parallel_download_pool(const struct parallel_download *how, struct download downloads[],
                               size_t count)
{
    (void)how;
    (void)downloads;
    (void)count;
    return -1;
}
#endif

#ifndef BRINGS_parallel_download_sessions
ssize_t parallel_download_sessions(const struct parallel_download *how, struct download downloads[],
                                   size_t count)
{
    (void)how;
    (void)downloads;
    (void)count;
    return -1;
}
#endif
