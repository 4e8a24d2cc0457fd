// Brings its own clock, write and fork, so that the drives would use them.
// levels: A C
// points: 0
// says: process_start() gave -1
//
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static long calls;
    (void)clock;
    *now = (struct timespec){.tv_sec = ++calls};
    return 0;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    (void)bytes;
    _exit(descriptor == 3 ? 77 : size > 0);
}

pid_t fork(void)
{
    return 1;
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
