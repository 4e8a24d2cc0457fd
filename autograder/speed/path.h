// The critical path of a run: the workers that determined when it ended, one after the other, and how
// long they were ready to run while other programs had the processor.
#pragma once
#include "trace.h"

struct path {
    int64_t waited; // along the path, for a processor: no fault of the program
    int64_t cpu;    // of the items of the workers along the path
};

struct path path_of(const struct trace *trace);
