// Writes into its parent's memory, in two ways, and opens its descriptors.
// levels: A C
// points: 0
// says: process_vm_writev: Operation not permitted
// says: mem: Permission denied
// says: report: Permission denied
//
#define _GNU_SOURCE // process_vm_writev
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerror(errno) : "done");
}

struct process *process_create(int (*function)(void *argument), void *argument)
{
    struct process *process = malloc(sizeof *process);
    if (process != NULL)
        *process = (struct process){.function = function, .argument = argument};
    return process;
}

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

int process_join(struct process *process, int timeout_ms)
{
    (void)process;
    (void)timeout_ms;
    return -1;
}

pid_t process_pid(const struct process *process)
{
    return process->pid;
}

bool process_is_alive(struct process *process)
{
    return process->pid > 0;
}

int process_exit_code(struct process *process)
{
    return process->pid;
}

int process_terminate(struct process *process)
{
    return process->pid;
}

int process_kill(struct process *process)
{
    return process->pid;
}

int process_release(struct process *process)
{
    free(process);
    return 0;
}
