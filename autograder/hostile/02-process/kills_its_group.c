// Kills its own process group, past the C library.
// levels: A C
// points: 0
// brings: process_start
// says: ended by signal 9
//
#include "process.h"
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    syscall(SYS_kill, 0, SIGKILL);
    return -1;
}
