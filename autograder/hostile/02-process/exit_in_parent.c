// Ends the whole program with status 3 instead of telling an error.
// levels: A C
// points: 0
// brings: process_start
// says: ended with status 3
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    _exit(3);
}
