// Ends with the status by which a drive says that it could not send its answer.
// levels: A C
// points: 0
// brings: process_start
// says: Its answer could not be sent
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    _exit(121);
}
