// The critical path of a run: the workers, one after the other, that would have determined when it ended
// if no other program had used the processors.
#pragma once
#include "trace.h"

struct path {
    int64_t time; // from begin to end along the path, less what its processes waited for a processor
    int64_t cpu;  // of the items of the workers along the path
};

struct path path_of(const struct trace *trace);
