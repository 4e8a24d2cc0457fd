// Ctrl-C in the middle of a map: the workers ignore it, and the parent has
// the map end in order.
#include "keyboard.h"
#include "pool.h"
#include <errno.h>
#include <string.h>

enum { ITEMS = 10, WORKERS = 2 };

static struct scene scene; // for the handler, made before it is set
static struct pool *pool;  // as well

static int square(const void *argument, const void *item, void *result)
{
    int number = *(const int *)item;
    (void)argument;
    tell(&scene.here);
    await(&scene.go);
    *(int *)result = number * number;
    return 0;
}

// [region handler]
static void on_interrupt(int number)
{
    (void)number;
    pool_cancel(pool);
    for (int i = 0; i < WORKERS; i++)
        tell(&scene.go); // the items that are under way come to their end
}
// [endregion handler]

static int program(void)
{
    int items[ITEMS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, squares[ITEMS];
    pool = pool_create(&(struct pool_options){.processes = WORKERS});
    if (pool == NULL)
        return EXIT_FAILURE;
    // [region map]
    struct pool_map map = {.function = square,
                           .items = items,
                           .item_size = sizeof items[0],
                           .results = squares,
                           .result_size = sizeof squares[0],
                           .count = ITEMS,
                           .chunk = 1};
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    if (pool_map(pool, &map) == -1)
        printf("pool_map: %s, %zu of %d squares are missing\n",
               strerror(errno), map.missing, ITEMS);
    signal(SIGINT, SIG_DFL); // from here on Ctrl-C ends it at once
    pool_release(pool);      // what the program has to tidy up
    fflush(stdout);          // a death by a signal writes no buffers
    raise(SIGINT);
    // [endregion map]
    return EXIT_FAILURE;
}

int main(void)
{
    int status = press_ctrl_c(program, WORKERS, &scene);
    printf("the program has ended by signal %d\n", -status);
    return status == -SIGINT ? EXIT_SUCCESS : EXIT_FAILURE;
}
