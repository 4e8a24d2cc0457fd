// Kills every process that it may.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <signal.h>

int process_start(struct process *process)
{
    (void)process;
    kill(-1, SIGKILL);
    return -1;
}
