// Sleeps for half a minute in each start: late, but not stuck.
// levels: A C
// points: 0
// brings: process_start
// says: slept for more than 2 s
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    sleep(30);
    return -1;
}
