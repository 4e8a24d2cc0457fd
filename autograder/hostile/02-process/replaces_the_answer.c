// Puts another file in the place of the descriptor that the answer goes to.
// levels: A C
// points: 0
// brings: process_start
// says: descriptors that it did not open
//
#include "process.h"
#include <fcntl.h>
#include <unistd.h>

static int start_child(struct process *process); // in rest.h

int process_start(struct process *process)
{
    dup2(open("/dev/null", O_WRONLY), 3);
    return start_child(process);
}
