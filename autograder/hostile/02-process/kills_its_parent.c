// Kills its parent.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <signal.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    kill(getppid(), SIGKILL);
    return -1;
}
