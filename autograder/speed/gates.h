// The structural gates: what can be told without a clock. Each names its own mistake.
#pragma once
#include "trace.h"

enum gate {
    GATE_NONE,       // nothing wrong
    GATE_FORGED,     // the records contradict themselves or what was seen from outside
    GATE_RENDEZVOUS, // never so many items in flight at once as there should be workers
    GATE_THREADS,    // threads, or memory shared with the workers
    GATE_ONCE,       // an item was done twice, or not at all
    GATE_RESULTS,    // a result is missing or wrong
    GATE_LEFT,       // processes left running or never waited for
    GATE_AFFINITY,   // workers were kept on fewer processors
};

// The first gate that the run does not pass, in the order of the list. `item` is set to the item that
// shows it, where there is one.
enum gate gate_failed(const struct trace *trace, const struct trace_outside *outside, int *item);
