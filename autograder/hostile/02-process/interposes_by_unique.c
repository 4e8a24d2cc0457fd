// Brings its own write as a unique symbol, a kind that objcopy(1) does not make local.
// levels: A C
// points: 0
// says: was refused
//
#include "process.h"
#include <stdlib.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

static ssize_t swallow(int descriptor, const void *bytes, size_t size)
{
    (void)descriptor;
    (void)bytes;
    return (ssize_t)size;
}
__asm__(".globl write\n\t.set write, swallow\n\t.type write, @gnu_unique_object");
ssize_t (*const kept)(int descriptor, const void *bytes, size_t size) = swallow;

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
