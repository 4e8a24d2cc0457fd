// Starts processes without an end, and each of them does so, too.
// levels: A C
// points: 0
// brings: process_start
// says: more than 64 processes
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    alarm(60);
    for (;;)
        if (fork() == 0)
            alarm(60);
}
