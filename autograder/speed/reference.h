// Which reference runs beside a program: a correct one that other programs can slow down in the same
// places.
#pragma once
#include "trace.h"

// The drive of reference/ that is the reference of this kind (0 to RULE_REFERENCES - 1; rule.h) beside a
// program of which `run` is a run. Beside one with a few workers: a static split, and a queue. Beside one
// that starts new processes as others end: "waves", which does so for each item. For from a process's
// last item to its very end, other programs may take the processor without any record of it, so that a
// program with many ends is slow where one with few is not.
const char *reference_beside(const struct trace *run, int kind);
