// Random numbers whose state was set up before the fork: all workers draw
// the same ones.
#include "process.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

enum { WORKERS = 3 };

// [region draw]
static int draw(void *argument)
{
    const bool *own_seed = argument;
    unsigned int seed;
    if (*own_seed && getrandom(&seed, sizeof seed, 0) != sizeof seed)
        return 0;
    if (*own_seed)
        srand(seed);
    return 1 + rand() % 100;
}
// [endregion draw]

// Returns whether all workers have drawn the same number.
static bool draw_in_each(bool own_seed)
{
    struct process *workers[WORKERS];
    bool same = true;
    int first = 0;
    printf("%s:", own_seed ? "seeded in each worker" : "seeded before");
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = process_create(draw, &own_seed);
        if (workers[i] == NULL || process_start(workers[i]) == -1)
            exit(EXIT_FAILURE);
    }
    for (int i = 0; i < WORKERS; i++) {
        if (process_join(workers[i], -1) == -1)
            exit(EXIT_FAILURE);
        int number = process_exit_code(workers[i]);
        process_release(workers[i]);
        if (i == 0)
            first = number;
        same = same && number == first;
        printf(" %d", number);
    }
    printf("\n");
    return same;
}

int main(void)
{
    srand(2024);
    bool same = draw_in_each(false);
    draw_in_each(true); // by chance these may be the same, too
    return same ? EXIT_SUCCESS : EXIT_FAILURE;
}
