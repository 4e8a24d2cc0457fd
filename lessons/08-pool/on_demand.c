// How many children a program has because of its pool, and when: with
// workers that stand ready, and with workers on demand.
#include "meeting.h"
#include "memory.h"
#include "pool.h"
#include "seconds.h"
#include <stdbool.h>
#include <stdlib.h>

enum { WORKERS = 8, MAPS = 100 };

static int nothing(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    return 0;
}

static void map(struct pool *pool,
                int (*function)(const void *, const void *, void *))
{
    static const int items[MEETING_ITEMS];
    struct pool_map map = {.function = function,
                           .items = items,
                           .item_size = sizeof *items,
                           .count = MEETING_ITEMS,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        exit(EXIT_FAILURE);
    }
}

// Prints a row. Returns whether there were so many children.
static bool look(const char *name, const struct pool_options *options,
                 int standing, int working)
{
    // [region look]
    struct pool *pool = pool_create(options);
    int created = children_of(getpid());
    map(pool, meet);
    int during = meeting->children, after = children_of(getpid());
    // [endregion look]
    double start = seconds();
    for (int i = 0; i < MAPS; i++)
        map(pool, nothing);
    printf("%-9s  %7d  %8d  %8d  %12.1f\n", name, created, during, after,
           (seconds() - start) * 1e3);
    pool_release(pool);
    atomic_store(&meeting->arrivals, 0);
    return created == standing && during == working && after == standing;
}

int main(void)
{
    // [region options]
    const struct pool_options standing = {.processes = WORKERS};
    const struct pool_options on_demand = {.processes = WORKERS,
                                           .on_demand = true};
    // [endregion options]
    meeting = memory_create(sizeof *meeting);
    if (meeting == NULL || pipe(meeting->gate) == -1)
        return EXIT_FAILURE;
    printf("children   created  in a map  after it  100 maps, ms\n");
    bool shown = look("standing", &standing, WORKERS, WORKERS) &&
                 look("on demand", &on_demand, 0, MEETING_ITEMS);
    return shown ? EXIT_SUCCESS : EXIT_FAILURE;
}
