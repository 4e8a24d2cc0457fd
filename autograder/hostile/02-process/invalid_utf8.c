// Prints bytes that are no text.
// levels: A C
// points: 0
// brings: process_start
// says: \xff
// says: By hand:
//
#include "process.h"
#include <stdio.h>

int process_start(struct process *process)
{
    (void)process;
    printf("\xff\xfe\xc3\x28 and so on\n");
    return -1;
}
