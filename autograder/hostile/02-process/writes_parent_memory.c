// Writes into its parent's memory, in two ways, and opens its descriptors.
// levels: A C
// points: 0
// brings: process_start
// says: process_vm_writev: Operation not permitted
// says: mem: Permission denied
// says: report: Permission denied
//
#define _GNU_SOURCE // process_vm_writev
#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    char path[64], byte = 0;
    const struct iovec here = {&byte, 1};
    tell("process_vm_writev", process_vm_writev(getppid(), &here, 1, &here, 1, 0));
    snprintf(path, sizeof path, "/proc/%d/mem", getppid());
    tell("mem", open(path, O_RDWR));
    snprintf(path, sizeof path, "/proc/%d/fd/4", getppid());
    tell("report", open(path, O_WRONLY));
    return -1;
}
