// One variable, as many values as processes. Each worker is held in its
// item until all have one, so each gets exactly one.
#include "memory.h"
#include "pool.h"
#include "steps.h"
#include <stdatomic.h>

enum { WORKERS = 3 };

struct scene {
    atomic_int *runs, *arrivals; // shared by all
    struct gate gate;
};

struct seen {
    pid_t pid;
    int number;
};

// [region initializer]
static int number; // one in each process

static int set_number(void *argument)
{
    struct scene *scene = argument;
    number = 1 + atomic_fetch_add(scene->runs, 1); // runs is shared
    return 0;
}
// [endregion initializer]

static int look(const void *argument, const void *item, void *result)
{
    const struct scene *scene = argument;
    (void)item;
    if (atomic_fetch_add(scene->arrivals, 1) == WORKERS - 1)
        for (int i = 0; i < WORKERS; i++)
            tell(&scene->gate);
    await(&scene->gate);
    *(struct seen *)result = (struct seen){getpid(), number};
    return 0;
}

int main(void)
{
    struct scene scene = {.runs = memory_create(2 * sizeof(atomic_int)),
                          .gate = make_gate()};
    if (scene.runs == NULL)
        return EXIT_FAILURE;
    scene.arrivals = scene.runs + 1;
    struct pool *pool =
        pool_create(&(struct pool_options){.processes = WORKERS,
                                           .initializer = set_number,
                                           .initializer_argument = &scene});
    int items[WORKERS] = {0};
    struct seen seen[WORKERS];
    struct pool_map map = {look,         &scene,        sizeof scene,
                           items,        sizeof *items, seen,
                           sizeof *seen, WORKERS,       .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < WORKERS; i++)
        printf("in process %d, number is %d\n", (int)seen[i].pid,
               seen[i].number);
    printf("in the parent, number is %d\n", number);
    int runs = atomic_load(scene.runs);
    printf("the initializer has run %d times\n", runs);
    pool_release(pool);
    return runs == WORKERS && number == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
