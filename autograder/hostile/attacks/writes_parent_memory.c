// Writes into its parent's memory, in two ways, and opens its descriptors.
// levels: A B C
// points: 0
// brings: attack
// says: process_vm_writev: Operation not permitted
// says: mem: Permission denied
// says: report: Permission denied
//
#define _GNU_SOURCE // process_vm_writev
#include <fcntl.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

static void attack(void)
{
    char path[64], byte = 0;
    const struct iovec here = {&byte, 1};
    if (process_vm_writev(getppid(), &here, 1, &here, 1, 0) == -1)
        perror("process_vm_writev");
    snprintf(path, sizeof path, "/proc/%d/mem", getppid());
    if (open(path, O_RDWR) == -1)
        perror("mem");
    snprintf(path, sizeof path, "/proc/%d/fd/4", getppid());
    if (open(path, O_WRONLY) == -1)
        perror("report");
}
