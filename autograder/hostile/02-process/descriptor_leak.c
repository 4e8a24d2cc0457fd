// Opens descriptors until there are none, and closes none.
// levels: A C
// points: 17
// brings: process_start
// says: Too many open files
//
#include "process.h"
#include <fcntl.h>

static int start_child(struct process *process); // in rest.h

int process_start(struct process *process)
{
    while (open("/dev/null", O_RDONLY) != -1)
        ;
    return start_child(process);
}
