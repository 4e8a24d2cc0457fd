// The benchmark of dispatch: what it costs to have an item done by another process, in several ways.
//
//   usage: dispatch CASE [WORKERS]      prints nanoseconds for a unit of the case: an item, a start, ...
//          dispatch workers             prints how many workers a pool has that is told nothing
#include "bench.h"
#include "pool.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

_Noreturn void bench_fail(const char *what)
{
    fprintf(stderr, "dispatch: %s: %s\n", what, strerror(errno));
    exit(1);
}

double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double bench_repeat(void (*run)(void *context), void *context)
{
    const double enough = 0.25e9;
    run(context);
    int times = 0;
    double begin = bench_now();
    double spent;
    do {
        run(context);
        times++;
        spent = bench_now() - begin;
    } while (spent < enough);
    return spent / times;
}

// --- Items ---------------------------------------------------------------------------------------------

static int copy_number(const void *argument, const void *item, void *result)
{
    (void)argument;
    *(int64_t *)result = *(const int64_t *)item;
    return 0;
}

static int copy_page(const void *argument, const void *item, void *result)
{
    (void)argument;
    memcpy(result, item, BENCH_PAGE_SIZE);
    return 0;
}

void bench_items_make(struct bench_items *items, size_t size, size_t count)
{
    items->function = size == sizeof(int64_t) ? copy_number : copy_page;
    items->size = size;
    items->count = count;
    items->items = malloc(size * count);
    items->results = calloc(count, size);
    if (items->items == NULL || items->results == NULL)
        bench_fail("malloc");
    int64_t *words = (int64_t *)(void *)items->items;
    for (size_t i = 0; i < size * count / sizeof *words; i++)
        words[i] = (int64_t)i + 1; // nowhere 0, which is what stands in the results before
}

void bench_items_check(struct bench_items *items)
{
    errno = 0;
    if (memcmp(items->results, items->items, items->size * items->count) != 0)
        bench_fail("a result is wrong");
    memset(items->results, 0, items->size * items->count);
}

void bench_items_free(struct bench_items *items)
{
    free(items->items);
    free(items->results);
}

// --- Cases ---------------------------------------------------------------------------------------------

// Names are those of table.awk. The time of a run is divided by `units`.
static const struct {
    const char *name;
    double (*measure)(const struct bench_task *task);
    struct bench_task task;
    double units;
} cases[] = {
    {"number-1/limit", bench_limit, {0, 8, BENCH_NUMBERS, 1}, BENCH_NUMBERS},
    {"number-1/pool", bench_pool, {0, 8, BENCH_NUMBERS, 1}, BENCH_NUMBERS},
    {"number-auto/pool", bench_pool, {0, 8, BENCH_NUMBERS, 0}, BENCH_NUMBERS},
    {"number-1/channel", bench_channel, {0, 8, 10000, 1}, 10000},
    {"number-1/xargs", bench_xargs, {0, 0, 400, 1}, 400},
    {"page-1/limit", bench_limit, {0, BENCH_PAGE_SIZE, BENCH_PAGES, 1}, BENCH_PAGES},
    {"page-1/pool", bench_pool, {0, BENCH_PAGE_SIZE, BENCH_PAGES, 1}, BENCH_PAGES},
    {"page-auto/pool", bench_pool, {0, BENCH_PAGE_SIZE, BENCH_PAGES, 0}, BENCH_PAGES},
    {"start/pool", bench_start, {8, 0, 0, 0}, 1},
    {"sleep/loop", bench_sleep_loop, {0, 0, 4, 1}, 1},
    {"sleep/pool", bench_sleep_pool, {8, 0, 4, 1}, 1},
};

static int usable_workers(void)
{
    struct pool *pool = pool_create(NULL);
    if (pool == NULL)
        bench_fail("pool_create");
    int workers = pool_processes(pool);
    pool_release(pool);
    return workers;
}

int main(int count, char *words[])
{
    if (count == 2 && strcmp(words[1], "workers") == 0) {
        printf("%d\n", usable_workers());
        return 0;
    }
    int workers = count < 3 ? usable_workers() : atoi(words[2]);
    for (size_t i = 0; count >= 2 && i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(words[1], cases[i].name) != 0)
            continue;
        struct bench_task task = cases[i].task;
        if (task.workers == 0)
            task.workers = workers;
        printf("%.3f\n", cases[i].measure(&task) / cases[i].units);
        return 0;
    }
    fputs("usage: dispatch CASE [WORKERS], or dispatch workers\n", stderr);
    return 2;
}
