// What the workbook's own pool costs: a map, its start and end, and the program that sleeps.
#include "bench.h"
#include "pool.h"
#include <time.h>

struct case_pool {
    struct pool *pool;
    struct bench_items items;
    size_t chunk;
};

static void map(void *context)
{
    struct case_pool *self = context;
    struct bench_items *items = &self->items;
    struct pool_map map = {.function = items->function,
                           .items = items->items,
                           .item_size = items->size,
                           .results = items->results,
                           .result_size = items->size,
                           .count = items->count,
                           .chunk = self->chunk};
    if (pool_map(self->pool, &map) == -1)
        bench_fail("pool_map");
}

double bench_pool(const struct bench_task *task)
{
    struct case_pool self = {.chunk = task->chunk};
    self.pool = pool_create(&(struct pool_options){.processes = task->workers});
    if (self.pool == NULL)
        bench_fail("pool_create");
    bench_items_make(&self.items, task->size, task->count);
    double time = bench_repeat(map, &self);
    bench_items_check(&self.items);
    bench_items_free(&self.items);
    pool_release(self.pool);
    return time;
}

static void start_and_end(void *context)
{
    const struct bench_task *task = context;
    struct pool *pool = pool_create(&(struct pool_options){.processes = task->workers});
    if (pool == NULL)
        bench_fail("pool_create");
    if (pool_close(pool) == -1 || pool_join(pool) == -1)
        bench_fail("pool_close, pool_join");
    pool_release(pool);
}

double bench_start(const struct bench_task *task)
{
    struct bench_task copy = *task;
    return bench_repeat(start_and_end, &copy);
}

// --- The program that sleeps: four tasks, each of which waits for two seconds --------------------------

static int sleep_2s(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    struct timespec rest = {.tv_sec = 2};
    return nanosleep(&rest, NULL);
}

double bench_sleep_loop(const struct bench_task *task)
{
    double begin = bench_now();
    for (size_t i = 0; i < task->count; i++)
        if (sleep_2s(NULL, NULL, NULL) != 0)
            bench_fail("nanosleep");
    return bench_now() - begin;
}

double bench_sleep_pool(const struct bench_task *task)
{
    int items[4] = {0};
    struct pool_map map = {
        .function = sleep_2s, .items = items, .item_size = sizeof *items, .count = task->count};
    double begin = bench_now();
    struct pool *pool = pool_create(&(struct pool_options){.processes = task->workers});
    if (pool == NULL)
        bench_fail("pool_create");
    if (pool_map(pool, &map) == -1)
        bench_fail("pool_map");
    pool_release(pool);
    return bench_now() - begin;
}
