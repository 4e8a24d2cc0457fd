// What is to be done later: a heap, the earliest on top.
#include "timers.h"
#include <stdlib.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

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
    int alarm; // goes off when the first is due: timerfd_create(2)
};

struct timers *timers_create(void)
{
    struct timers *timers = calloc(1, sizeof *timers);
    if (timers != NULL && (timers->alarm = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) == -1) {
        free(timers);
        return NULL;
    }
    return timers;
}

void timers_release(struct timers *timers)
{
    if (timers == NULL)
        return;
    close(timers->alarm);
    free(timers->heap);
    free(timers);
}

int timers_alarm(const struct timers *timers)
{
    return timers->alarm;
}

int64_t timers_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

// Sets the alarm to the first that is left; one that has gone off is silent again.
static void set_alarm(struct timers *timers)
{
    struct itimerspec first = {0}; // never
    if (timers->count > 0) {
        int64_t when = timers->heap[0].when > 0 ? timers->heap[0].when : 1;
        first.it_value = (struct timespec){when / 1000000, when % 1000000 * 1000};
    }
    timerfd_settime(timers->alarm, TFD_TIMER_ABSTIME, &first, NULL);
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
    if (i == 0)
        set_alarm(timers);
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
    set_alarm(timers);
}

void timers_run(struct timers *timers)
{
    run_until(timers, timers_now());
}

void timers_run_all(struct timers *timers)
{
    run_until(timers, INT64_MAX);
}
