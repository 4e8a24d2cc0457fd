// Writes without an end.
// levels: A C
// points: 0
// brings: process_start
// says: more than 16 MiB of output
//
#include "process.h"
#include <stdio.h>

int process_start(struct process *process)
{
    (void)process;
    for (;;)
        printf("and so on ");
}
