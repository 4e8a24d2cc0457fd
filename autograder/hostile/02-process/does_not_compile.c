// Does not compile: a semicolon is missing.
// levels: A C
// points: 0
// brings: process_start
// says: process.c does not compile
// says: expected
//
#include "process.h"

int process_start(struct process *process)
{
    (void)process;
    return -1 // no semicolon
}
