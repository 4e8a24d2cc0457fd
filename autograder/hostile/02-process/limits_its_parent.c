// Takes all descriptors from its parent by prlimit(2).
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#define _GNU_SOURCE // prlimit
#include "process.h"
#include <sys/resource.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    prlimit(getppid(), RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL);
    return -1;
}
