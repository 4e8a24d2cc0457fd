// How many workers a pool has if nobody says: the CPUs that the process may
// use, not those that the machine has.
#define _GNU_SOURCE // sched_getaffinity, sched_setaffinity
#include "pool.h"
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Returns how many workers a pool gets here and now.
static int workers(void)
{
    struct pool *pool = pool_create(NULL);
    if (pool == NULL) {
        perror("pool_create");
        exit(EXIT_FAILURE);
    }
    int count = pool_processes(pool);
    pool_release(pool);
    return count;
}

// [region restrict]
// Leaves this process one of the CPUs that it may use.
static int restrict_to_one(void)
{
    cpu_set_t allowed, one;
    int cpu = 0;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == -1)
        return -1;
    while (!CPU_ISSET(cpu, &allowed))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one);
}
// [endregion restrict]

int main(void)
{
    // [region main]
    printf("CPUs of the machine: %ld\n", sysconf(_SC_NPROCESSORS_ONLN));
    printf("workers: %d\n", workers());
    if (restrict_to_one() == -1) {
        perror("sched_setaffinity");
        return EXIT_FAILURE;
    }
    printf("CPUs of the machine: %ld\n", sysconf(_SC_NPROCESSORS_ONLN));
    printf("workers: %d\n", workers());
    // [endregion main]
    return workers() == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
