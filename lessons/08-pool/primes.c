// How many primes there are below 100000: the items are ranges of numbers.
#include "pool.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// [region range]
struct range {
    int begin, end; // from begin to end - 1
};

static bool is_prime(int number)
{
    for (int divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return number > 1;
}

static int count_primes(const void *argument, const void *item,
                        void *result)
{
    const struct range *range = item;
    int *count = result;
    (void)argument;
    *count = 0;
    for (int number = range->begin; number < range->end; number++)
        *count += is_prime(number);
    return 0;
}
// [endregion range]

int main(void)
{
    enum { RANGES = 100, LENGTH = 1000 };
    // [region main]
    struct range ranges[RANGES];
    int counts[RANGES], sum = 0;
    for (int i = 0; i < RANGES; i++)
        ranges[i] = (struct range){i * LENGTH, (i + 1) * LENGTH};
    struct pool *pool = pool_create(NULL);
    struct pool_map map = {.function = count_primes,
                           .items = ranges,
                           .item_size = sizeof *ranges,
                           .results = counts,
                           .result_size = sizeof *counts,
                           .count = RANGES};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < RANGES; i++)
        sum += counts[i];
    printf("%d primes below %d\n", sum, RANGES * LENGTH);
    // [endregion main]
    pool_release(pool);
    return sum == 9592 ? EXIT_SUCCESS : EXIT_FAILURE;
}
