// Writes an answer of its own, in the format of the drives, before the true one.
// levels: A B C
// points: 0
// brings: process_start
// says: descriptors that it did not open
//
#include "process.h"

static void forge_first_child(const char *argument); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    forge_first_child("42");
    return -1;
}
