// Closes every descriptor, also those that it did not open.
// levels: A C
// points: 0
// brings: process_start
// says: close descriptors that it did not open
//
#include "process.h"
#include <unistd.h>

static int start_child(struct process *process); // in rest.h

int process_start(struct process *process)
{
    for (int descriptor = 0; descriptor < 1024; descriptor++)
        close(descriptor);
    return start_child(process);
}
