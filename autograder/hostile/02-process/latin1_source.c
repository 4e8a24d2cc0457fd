// Has a comment in Latin-1, as old editors write it, on a line that the compiler quotes.
// levels: A C
// points: 0
// brings: process_start
// says: The compiler warns
// says: unused variable
//
#include "process.h"

int process_start(struct process *process)
{
    (void)process;
    int caf; // café
    return -1;
}
