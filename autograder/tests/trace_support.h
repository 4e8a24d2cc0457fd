// Traces for tests of the speed rule: made up, or recorded from real runs.
#pragma once
#include "../speed/trace.h"
#include <stdint.h>

enum { MS = 1000000, CALLER = 100, FIRST_WORKER = 101 };

struct recorded {
    struct trace trace;
    struct trace_outside outside;
    int64_t sequential;
};

// 16 computing items of 4 ms each by two workers, asked for 2, on a machine where nothing else runs. No
// item has been done yet; the run ends with its last item.
struct recorded nothing_done(void);

// Does an item: by process `pid`, from `begin_ms` to `end_ms` after the begin of the run, 4 ms of which
// it ran. What is longer it waited for a processor.
void do_item(struct recorded *recorded, int item, int pid, double begin_ms, double end_ms);

// All items, shared evenly: worker 1 does the even ones and worker 2 the odd ones.
struct recorded evenly_done(void);

// Reads tests/traces/NAME.
struct recorded read_recorded(const char *name);
