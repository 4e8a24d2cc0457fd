// Ends with the status by which the sanitizers end a program, though there is none.
// levels: A C
// points: 0
// brings: process_start
// says: ended with status 99
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    _exit(99);
}
