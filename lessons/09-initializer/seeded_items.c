// Random numbers that belong to the items: the same ones in each run, with
// any number of workers.
#include "pool.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 6 };

// [region draw]
// SplitMix64: makes of any number, also of the next one, a different one.
static uint64_t mix(uint64_t number)
{
    number += 0x9e3779b97f4a7c15;
    number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9;
    number = (number ^ number >> 27) * 0x94d049bb133111eb;
    return number ^ number >> 31;
}

static int draw(const void *argument, const void *item, void *result)
{
    uint64_t seed = *(const uint32_t *)argument;
    uint64_t i = *(const uint32_t *)item;
    *(unsigned int *)result = (unsigned int)(mix(seed << 32 | i) % 100);
    return 0;
}
// [endregion draw]

static void draw_all(int workers, unsigned int numbers[ITEMS])
{
    uint32_t seed = 2024, items[ITEMS] = {0, 1, 2, 3, 4, 5};
    struct pool *pool =
        pool_create(&(struct pool_options){.processes = workers});
    struct pool_map map = {.function = draw,
                           .argument = &seed,
                           .argument_size = sizeof seed,
                           .items = items,
                           .item_size = sizeof items[0],
                           .results = numbers,
                           .result_size = sizeof numbers[0],
                           .count = ITEMS,
                           .chunk = 1};
    if (pool == NULL || pool_map(pool, &map) == -1) {
        perror("pool");
        exit(EXIT_FAILURE);
    }
    pool_release(pool);
    printf("%d:", workers);
    for (int i = 0; i < ITEMS; i++)
        printf(" %u", numbers[i]);
    printf("\n");
}

int main(void)
{
    unsigned int one[ITEMS], three[ITEMS];
    draw_all(1, one);
    draw_all(3, three);
    return memcmp(one, three, sizeof one) == 0 ? EXIT_SUCCESS
                                               : EXIT_FAILURE;
}
