// Makes a System V shared memory segment that would outlive it.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <sys/ipc.h>
#include <sys/shm.h>

int process_start(struct process *process)
{
    (void)process;
    return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) == -1 ? -1 : 0;
}
