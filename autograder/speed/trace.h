// What one run of the measured work left behind: who did which item, when, and how long it had to wait
// for a processor. The driver writes it, the examiner reads it: data only, and no code of either.
//
// All times are nanoseconds: of CLOCK_MONOTONIC where they are points in time. "Waited" is how long a
// thread was ready to run and did not run: the second field of /proc/TID/schedstat, proc(5) and
// Documentation/scheduler/sched-stats.rst of the kernel; -1 where there is no such file.
#pragma once
#include <stdint.h>

enum { TRACE_MOST_ITEMS = 64, TRACE_VERSION = 2 };

enum trace_kind { TRACE_COMPUTING, TRACE_WAITING };

struct trace_item {
    int32_t pid;   // the process that did it
    int32_t tid;   // its thread
    int32_t runs;  // how often it was done
    int32_t cpus;  // processors that the thread was allowed to use
    int64_t begin; // of the item
    int64_t end;   //
    int64_t cpu;   // the thread's processor time in between; for waiting work the time it had to wait
    int64_t waited_before; // by this thread, from its birth to `begin`
    int64_t waited;        // by this thread, from its birth to `end`
    int64_t
        caller_waited_before; // by the first thread of the process that is measured, from the begin of
    int64_t caller_waited;    // the run to `begin`, and to `end`; -1 where nobody knows
    int32_t right;            // 1: the result that was handed in is the one that was computed
    int32_t unused;
};

struct trace {
    int32_t version;
    int32_t kind;
    int32_t items;
    int32_t workers;        // how many were asked for
    int32_t pid;            // the process that was measured from `begin` to `end`
    int32_t cpus;           // that it was allowed to use at `begin`
    int32_t meeting;        // 1: the items met instead of working
    int32_t missed;         // then 1: not all came in time
    int32_t most_in_flight; // items begun and not ended
    int32_t own_marks;      // left by the items in this process's own memory
    int64_t begin;          // of the call that is measured
    int64_t end;            //
    int64_t cpu_before;     // processor time of the process until `begin`
    int64_t cpu;            // and from `begin` to `end`
    int64_t waited;         // by its first thread, from `begin` to `end`
    struct trace_item item[TRACE_MOST_ITEMS];
};

// The same run as the sandbox saw it from outside, which nobody inside can forge.
struct trace_outside {
    int64_t wall;      // from the start of the program to its end
    int64_t waited;    // by its first thread
    int64_t cpu;       // of all its processes
    int32_t left;      // processes that it left running
    int32_t zombies;   // and that nobody waited for
    int32_t processes; // the most at once; 1: none was started
};
