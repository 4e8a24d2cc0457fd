// Sends an answer that holds nothing, and ends.
// levels: A C
// points: 0
// brings: process_start
// says: Its answer cannot be understood
//
#include "process.h"
#include <stdio.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    dprintf(3, "end %d\n", getpid());
    _exit(0);
}
