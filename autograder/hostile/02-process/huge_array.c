// Initialises an array of 16 GiB, so that the object file would be as large.
// levels: A C
// points: 0
// brings: process_start
// says: process.c does not compile
//
#include "process.h"

static char huge[1UL << 34] = {1};

int process_start(struct process *process)
{
    return huge[process_pid(process)];
}
