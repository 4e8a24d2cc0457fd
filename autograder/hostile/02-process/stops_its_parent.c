// Stops its parent, past the C library, and goes on: the filter does not let it.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    syscall(SYS_kill, getppid(), SIGSTOP);
    return -1;
}
