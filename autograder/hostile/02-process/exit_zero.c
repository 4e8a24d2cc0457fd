// Ends the whole program with status 0 instead of returning.
// levels: A C
// points: 0
// brings: process_create
// says: ended before it could answer, with status 0
//
#include "process.h"
#include <stdlib.h>

struct process *process_create(int (*function)(void *argument), void *argument)
{
    (void)function;
    (void)argument;
    exit(0);
}
