// The rest of every submission against pool.h: the prover puts it behind an attack. The first drive calls
// pool_create() first: it attacks, and fails.
// failure: pool_create(options) gave NULL
//
#include "pool.h"
#include <stddef.h>

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_pool_create
struct pool *pool_create(const struct pool_options *options)
{
    (void)options;
    attack();
    return NULL;
}
#endif

#ifndef BRINGS_pool_processes
int pool_processes(const struct pool *pool)
{
    (void)pool;
    return 0;
}
#endif

#ifndef BRINGS_pool_map
int pool_map(struct pool *pool, struct pool_map *map)
{
    (void)pool;
    (void)map;
    return -1;
}
#endif

#ifndef BRINGS_pool_cancel
void pool_cancel(struct pool *pool)
{
    (void)pool;
}
#endif

#ifndef BRINGS_pool_close
int pool_close(struct pool *pool)
{
    (void)pool;
    return -1;
}
#endif

#ifndef BRINGS_pool_join
int pool_join(struct pool *pool)
{
    (void)pool;
    return -1;
}
#endif

#ifndef BRINGS_pool_terminate
int pool_terminate(struct pool *pool)
{
    (void)pool;
    return -1;
}
#endif

#ifndef BRINGS_pool_release
void pool_release(struct pool *pool)
{
    (void)pool;
}
#endif
