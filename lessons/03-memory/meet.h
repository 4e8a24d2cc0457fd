// Two processes that really run in the same moment: each on a CPU of its
// own, and they meet before they begin. Needs _GNU_SOURCE:
// sched_setaffinity.
#pragma once
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// Moves this process to the first or second CPU that it may use. Returns
// false if there is only one.
static bool has_own_cpu(int which)
{
    cpu_set_t usable, own;
    if (sched_getaffinity(0, sizeof usable, &usable) == -1) {
        perror("sched_getaffinity");
        exit(EXIT_FAILURE);
    }
    if (CPU_COUNT(&usable) < 2)
        return false;
    int cpu = 0;
    for (int skip = which; skip >= 0; cpu++)
        if (CPU_ISSET(cpu, &usable))
            skip--;
    CPU_ZERO(&own);
    CPU_SET(cpu - 1, &own);
    return sched_setaffinity(0, sizeof own, &own) == 0;
}

struct worker {
    int which; // 0 or 1
    bool own_cpu;
    atomic_int *turns; // shared by the two
};

static struct worker make_worker(int which, atomic_int *turns)
{
    return (struct worker){which, has_own_cpu(which), turns};
}

// Returns when both have taken four turns. Does not block, for who blocks
// comes back late: with a CPU of one's own one looks again and again.
static void meet(const struct worker *worker)
{
    for (int i = 0; i < 4; i++) {
        while (atomic_load(worker->turns) % 2 != worker->which)
            if (!worker->own_cpu)
                sched_yield();
        atomic_fetch_add(worker->turns, 1);
    }
}
