// What it costs to give an item to another process, by the way it goes: the
// item itself is no work.
#include "cost.h"
#include "pool.h"
#include <stdio.h>

enum { RUNS = 3, MOST = 1000000 };

static int keep(const void *argument, const void *item, void *result)
{
    (void)argument;
    *(char *)result = *(const char *)item;
    return 0;
}

static struct pool *pool;

// [region map]
static int map(size_t count, size_t chunk)
{
    static char items[MOST], results[MOST];
    struct pool_map map = {.function = keep,
                           .items = items,
                           .item_size = 1,
                           .results = results,
                           .result_size = 1,
                           .count = count,
                           .chunk = chunk};
    return pool_map(pool, &map);
}
// [endregion map]

static int by_map_one(size_t count)
{
    return map(count, 1);
}

static int by_map_many(size_t count)
{
    return map(count, 0);
}

// Prints the microseconds of an item, in the fastest of the runs.
static void measure(const char *name, int (*way)(size_t), size_t count)
{
    double least = 1e9;
    for (int run = 0; run < RUNS; run++) {
        double start = seconds();
        if (way(count) == -1) {
            perror(name);
            exit(EXIT_FAILURE);
        }
        double each = (seconds() - start) / (double)count * 1e6;
        least = each < least ? each : least;
    }
    printf("%-22s  %16.3f\n", name, least);
}

int main(void)
{
    pool = pool_create(&(struct pool_options){.processes = WORKERS});
    if (pool == NULL)
        return EXIT_FAILURE;
    printf("%-22s  us for each item\n", "way of the items");
    measure("a process for each", by_processes, 300);
    measure("a message for each", by_messages, 10000);
    measure("a counter", by_counter, MOST);
    measure("pool_map, chunks of 1", by_map_one, MOST);
    measure("pool_map, large chunks", by_map_many, MOST);
    pool_release(pool);
    return EXIT_SUCCESS;
}
