// Ends with the status by which a drive says that the machine is to blame.
// levels: A C
// points: 0
// brings: process_start
// says: ended with status 120
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    _exit(120);
}
