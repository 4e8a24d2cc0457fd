// The wait-corrected speedup of a run.
#include "timing.h"
#include "path.h"
#include "workers.h"
#include <stdbool.h>

static int64_t min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// What the workers' share of things tells.
struct shares {
    int64_t work;    // processor time of all items
    int64_t busiest; // of the worker that had most of it
    int most_items;  // that one worker did
    bool caller_works;
};

static struct shares shares_of(const struct trace *trace)
{
    struct shares shares = {0};
    const struct workers workers = workers_of(trace);
    for (int j = 0; j < workers.count; j++) {
        const struct worker *worker = &workers.worker[j];
        shares.work += worker->cpu;
        shares.busiest = max(shares.busiest, worker->cpu);
        shares.most_items = worker->items > shares.most_items ? worker->items : shares.most_items;
        shares.caller_works = shares.caller_works || worker->pid == trace->pid;
    }
    return shares;
}

// Items under way at once, on average, from the begin of the first to the end of the last.
static double items_in_flight(const struct trace *trace)
{
    int64_t sum = 0;
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    for (int i = 0; i < trace->items; i++) {
        sum += trace->item[i].end - trace->item[i].begin;
        first = min(first, trace->item[i].begin);
        last = max(last, trace->item[i].end);
    }
    return last > first ? (double)sum / (double)(last - first) : 1;
}

// With items that never overlap there is no gain at all, whatever the other figures say. Full credit
// from an overlap on that a good program always reaches: half of what the workers could do.
static int64_t floor_of_overlap(int64_t work, int workers, double in_flight)
{
    if (workers == 1)
        return work;
    double overlap = (in_flight - 1) / (0.5 * (workers - 1));
    overlap = overlap < 0 ? 0 : overlap > 1 ? 1 : overlap;
    return (int64_t)((double)work / (1 + (workers - 1) * overlap));
}

// Time that the program needs even if all its workers always run and share the items evenly.
static int64_t least_time(const struct trace *trace, const struct shares *shares, const int64_t *floors)
{
    int64_t even = shares->work / trace->workers;
    if (!shares->caller_works)
        even += trace->cpu;
    return max(even, floors[FLOOR_PROGRAM]);
}

struct timing timing_of(const struct trace *trace, const struct trace_outside *outside,
                        int64_t sequential)
{
    const struct shares shares = shares_of(trace);
    const struct path path = path_of(trace);
    const bool computing = trace->kind == TRACE_COMPUTING;
    struct timing timing = {.wall = trace->end - trace->begin,
                            .waited = trace->end - trace->begin - path.time,
                            .work = min(shares.work, sequential),
                            .in_flight = items_in_flight(trace),
                            .decided = FLOOR_NONE};
    int64_t *floors = timing.floors;
    floors[FLOOR_WORKERS] = shares.work / trace->workers;
    floors[FLOOR_BUSIEST] = shares.busiest;
    floors[FLOOR_ITEMS] = shares.work * shares.most_items / trace->items;
    floors[FLOOR_PATH] = path.cpu;
    floors[FLOOR_OVERLAP] = floor_of_overlap(shares.work, trace->workers, timing.in_flight);
    if (computing)
        floors[FLOOR_PROGRAM] = (outside->cpu - trace->cpu_before) / trace->workers;
    if (!shares.caller_works)
        floors[FLOOR_CALLER] = trace->cpu + shares.busiest;
    if (!computing) // it needs hardly any processor: if it waits for one most of the time, who can tell?
        floors[FLOOR_HALF] = timing.wall / 2;
    timing.adjusted = path.time;
    for (enum timing_floor i = FLOOR_WORKERS; i < FLOOR_COUNT; i++) {
        if (floors[i] > timing.adjusted) {
            timing.adjusted = floors[i];
            timing.decided = i;
        }
    }
    int64_t least = least_time(trace, &shares, floors);
    timing.most = least > 0 ? (double)timing.work / (double)least : 0;
    timing.speedup = timing.adjusted > 0 ? (double)timing.work / (double)timing.adjusted : 0;
    return timing;
}
