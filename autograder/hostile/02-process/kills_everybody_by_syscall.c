// Kills every process that it may, past the C library.
// levels: A
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
    syscall(SYS_kill, -1, SIGKILL); // all but itself
    return -1;
}
