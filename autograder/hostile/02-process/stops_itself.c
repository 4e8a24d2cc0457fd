// Stops itself with SIGSTOP.
// levels: A C
// points: 0
// brings: process_start
// says: It stopped itself (SIGSTOP)
//
#include "process.h"
#include <signal.h>

int process_start(struct process *process)
{
    (void)process;
    raise(SIGSTOP);
    return -1;
}
