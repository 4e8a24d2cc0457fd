// What pool_map() tells of an item that has no result.
#include "pool.h"
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WELL, FAILS, KILLED, EXITS, COUNT = 4 };

// [region task]
static int task(const void *argument, const void *item, void *result)
{
    (void)argument;
    switch (*(const int *)item) {
    case FAILS:
        return 7;
    case KILLED:
        raise(SIGKILL); // as the kernel does when memory runs out
        break;
    case EXITS:
        exit(0); // as if all were well
    }
    *(int *)result = 1;
    return 0;
}
// [endregion task]

static const char *const reasons[] = {
    [POOL_TASK_FAILED] = "the task failed",
    [POOL_WORKER_ENDED] = "its worker ended",
    [POOL_NOT_BEGUN] = "not begun",
};

// [region report]
static int report(struct pool *pool, const char *name, int what)
{
    const int items[COUNT] = {WELL, WELL, what, WELL};
    int results[COUNT] = {0};
    struct pool_map map = {.function = task,
                           .items = items,
                           .item_size = sizeof *items,
                           .results = results,
                           .result_size = sizeof *results,
                           .count = COUNT};
    int result = pool_map(pool, &map);
    printf("%-10s %d results", name,
           results[0] + results[1] + results[2] + results[3]);
    if (result == -1)
        printf("; %s: item %zu, %s, code %d", strerror(errno), map.item,
               reasons[map.why], map.code);
    printf("\n");
    return result;
}
// [endregion report]

int main(void)
{
    struct pool *pool = pool_create(NULL);
    if (pool == NULL)
        return EXIT_FAILURE;
    bool right = report(pool, "returns 7", FAILS) == -1 &&
                 report(pool, "SIGKILL", KILLED) == -1 &&
                 report(pool, "exit(0)", EXITS) == -1 &&
                 report(pool, "well", WELL) == 0;
    pool_release(pool);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
