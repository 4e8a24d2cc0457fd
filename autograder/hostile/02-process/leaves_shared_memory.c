// Leaves a named shared memory object behind.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    int file = shm_open("/hostile-left", O_RDWR | O_CREAT, 0600);
    ftruncate(file, 4096);
    return -1;
}
