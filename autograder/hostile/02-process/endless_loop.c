// Loops for ever.
// levels: A C
// points: 0
// brings: process_start
// says: an endless loop
//
#include "process.h"

int process_start(struct process *process)
{
    (void)process;
    for (;;)
        ;
}
