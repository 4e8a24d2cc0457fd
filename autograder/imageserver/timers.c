// What is to be done later: a heap, the earliest on top.
#include "timers.h"
#include <stdlib.h>
#include <time.h>

struct timer {
    int64_t when;
    uint64_t order; // of two with the same time the first added comes first
    void (*function)(void *argument);
    void *argument;
};

struct timers {
    struct timer *heap;
    size_t count, room;
    uint64_t added;
};

struct timers *timers_create(void)
{
    return calloc(1, sizeof(struct timers));
}

void timers_release(struct timers *timers)
{
    if (timers != NULL)
        free(timers->heap);
    free(timers);
}

int64_t timers_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static int is_before(const struct timer *a, const struct timer *b)
{
    return a->when != b->when ? a->when < b->when : a->order < b->order;
}

int timers_add(struct timers *timers, int64_t when, void (*function)(void *argument), void *argument)
{
    if (timers->count == timers->room) {
        size_t room = timers->room == 0 ? 64 : 2 * timers->room;
        struct timer *heap = realloc(timers->heap, room * sizeof *heap);
        if (heap == NULL)
            return -1;
        timers->heap = heap;
        timers->room = room;
    }
    struct timer timer = {when, timers->added++, function, argument};
    size_t i = timers->count++;
    for (; i > 0 && is_before(&timer, &timers->heap[(i - 1) / 2]); i = (i - 1) / 2)
        timers->heap[i] = timers->heap[(i - 1) / 2];
    timers->heap[i] = timer;
    return 0;
}

static struct timer take_first(struct timers *timers)
{
    struct timer first = timers->heap[0];
    struct timer last = timers->heap[--timers->count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < timers->count; i = child) {
        if (child + 1 < timers->count && is_before(&timers->heap[child + 1], &timers->heap[child]))
            child++;
        if (is_before(&last, &timers->heap[child]))
            break;
        timers->heap[i] = timers->heap[child];
    }
    timers->heap[i] = last;
    return first;
}

static void run_until(struct timers *timers, int64_t when)
{
    while (timers->count > 0 && timers->heap[0].when <= when) {
        struct timer timer = take_first(timers);
        timer.function(timer.argument);
    }
}

void timers_run(struct timers *timers)
{
    run_until(timers, timers_now());
}

void timers_run_all(struct timers *timers)
{
    run_until(timers, INT64_MAX);
}

int64_t timers_wait(const struct timers *timers)
{
    if (timers->count == 0)
        return -1;
    int64_t left = timers->heap[0].when - timers_now();
    return left < 0 ? 0 : left;
}
