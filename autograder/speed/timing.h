// The wait-corrected speedup of a run: how many times faster than one process it was, or would have been
// if no other program had used the processors meanwhile.
//
//   speedup = work / adjusted
//   work      processor time of the items, but no more than the sequential run took
//   adjusted  time along the critical path, less what its processes waited for a processor (path.h), but
//             never below any of the floors
//
// Noise makes a run slower and never faster; each floor is an amount of time that a certain kind of
// program needs, however quiet the machine is. So one good run is proof.
#pragma once
#include "trace.h"

enum timing_floor {
    FLOOR_NONE,    // the corrected time itself decided
    FLOOR_WORKERS, // work / workers: nobody gains more than there are workers
    FLOOR_BUSIEST, // the processor time of the worker that had most
    FLOOR_ITEMS,   // the share of the items that the worker with most items had
    FLOOR_PATH,    // the processor time along the critical path
    FLOOR_OVERLAP, // items that do not overlap
    FLOOR_PROGRAM, // processor time of all processes / workers: busy waiting, work done twice
    FLOOR_CALLER,  // the caller's own processor time, and then the busiest worker's
    FLOOR_HALF,    // of waiting work, half of the time that the run took
    FLOOR_COUNT,
};

struct timing {
    int64_t wall;     // as the clock on the wall has it
    int64_t waited;   // that was forgiven
    int64_t adjusted; // nanoseconds, like the others
    int64_t work;
    double in_flight; // items under way at once, on average
    double speedup;
    double most; // speedup that the processor time allows, however the processes were scheduled
    int64_t floors[FLOOR_COUNT];
    enum timing_floor decided; // which floor is higher than the corrected time, and highest
};

// `sequential`: processor time of all items done by one process of our own.
struct timing timing_of(const struct trace *trace, const struct trace_outside *outside,
                        int64_t sequential);
