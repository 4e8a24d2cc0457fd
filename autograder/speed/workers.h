// The workers of a run: its items, put together by the process that did them.
#pragma once
#include "trace.h"

struct worker {
    int32_t pid;
    int items;
    int64_t born;   // about: its first item's begin, less what it had waited until then
    int64_t begin;  // of its first item
    int64_t end;    // of its last item
    int64_t cpu;    // of all its items
    int64_t waited; // for a processor, until the end of its last item; 0 if that is not known
    int64_t caller_waited_before; // by the caller, until `begin`; -1 if that is not known
    int64_t caller_waited;        // and until `end`
};

struct workers {
    struct worker worker[TRACE_MOST_ITEMS]; // in the order of their first items
    int count;
};

struct workers workers_of(const struct trace *trace);
