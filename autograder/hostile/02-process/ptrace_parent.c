// Attaches to its parent as a debugger.
// levels: A C
// points: 0
// brings: process_start
// says: attach: Operation not permitted
//
#include "process.h"
#include <sys/ptrace.h>
#include <unistd.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    tell("attach", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
    return -1;
}
