// The four kinds of counter, counted by two processes and by two threads.
#include "memory.h"
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// [region pauses]
static void meet(void *barrier) // nobody writes before both have read
{
    pthread_barrier_wait(barrier);
}

static void give_way(void *unused) // an invitation to come in between
{
    (void)unused;
    sched_yield();
}
// [endregion pauses]

static const struct line {
    const char *name;
    enum counter_kind kind;
    int rounds;                      // of each of the two workers
    int64_t with_processes, threads; // what we claim
} lines[] = {
    {"private", COUNTER_PRIVATE, 1, 0, 1},
    {"unsafe", COUNTER_UNSAFE, 1, 1, 1},
    {"locked", COUNTER_LOCKED, 1000, 2000, 2000},
    {"atomic", COUNTER_ATOMIC, 1000, 2000, 2000},
};

// What the counter says when two workers have counted, or -1.
static int64_t count(const struct line *line, enum counter_worker worker,
                     pthread_barrier_t *barrier)
{
    // [region count]
    void (*pause)(void *) = line->rounds == 1 ? meet : give_way;
    struct counter *counter = counter_create(line->kind, pause, barrier);
    if (counter == NULL ||
        counter_run(counter, worker, 2, line->rounds) == -1)
        return -1;
    int64_t value = counter_value(counter);
    counter_release(counter);
    // [endregion count]
    return value;
}

int main(void)
{
    pthread_barrierattr_t shared; // a barrier: it waits until two have come
    pthread_barrier_t *barrier = memory_create(sizeof *barrier);
    int across = PTHREAD_PROCESS_SHARED;
    if (barrier == NULL || pthread_barrierattr_init(&shared) != 0 ||
        pthread_barrierattr_setpshared(&shared, across) != 0 ||
        pthread_barrier_init(barrier, &shared, 2) != 0)
        return EXIT_FAILURE;
    bool as_claimed = true;
    puts("kind     additions  processes  threads");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        int64_t a = count(&lines[i], COUNTER_PROCESSES, barrier);
        int64_t b = count(&lines[i], COUNTER_THREADS, barrier);
        printf("%-7s  %9d  %9" PRId64 "  %7" PRId64 "\n", lines[i].name,
               2 * lines[i].rounds, a, b);
        as_claimed = as_claimed && a == lines[i].with_processes &&
                     b == lines[i].threads;
    }
    return as_claimed ? EXIT_SUCCESS : EXIT_FAILURE;
}
