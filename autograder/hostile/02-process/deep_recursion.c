// Calls itself until the stack is full.
// levels: A C
// points: 0
// brings: process_start
// says: Segmentation fault
// says: recursion
//
#include "process.h"
#pragma GCC diagnostic ignored "-Winfinite-recursion"

static int deeper(volatile int *above)
{
    volatile int here[256] = {*above};
    return deeper(here) + here[0];
}

int process_start(struct process *process)
{
    (void)process;
    volatile int bottom = 1;
    return deeper(&bottom);
}
