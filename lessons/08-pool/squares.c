// The squares of a list of numbers, and which worker computed each.
#include "pool.h"
#include "slow_square.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COUNT = 5 };

// [region square]
struct answer {
    int64_t square;
    pid_t worker;
};

static int square(const void *argument, const void *item, void *result)
{
    const int64_t *number = item;
    struct answer *answer = result;
    (void)argument; // nothing is bound
    answer->square = *number * *number;
    answer->worker = getpid();
    wait_ms(10); // or one worker would have done all by now
    return 0;
}
// [endregion square]

int main(void)
{
    // [region map]
    const int64_t numbers[COUNT] = {1, 2, 3, 4, 5};
    struct answer answers[COUNT];
    struct pool *pool = pool_create(NULL);
    struct pool_map map = {
        .function = square,
        .items = numbers,
        .item_size = sizeof *numbers,
        .results = answers,
        .result_size = sizeof *answers,
        .count = COUNT,
    };
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < COUNT; i++)
        printf("worker %d: %" PRId64 " squared is %" PRId64 "\n",
               (int)answers[i].worker, numbers[i], answers[i].square);
    pool_release(pool);
    // [endregion map]
    return EXIT_SUCCESS;
}
