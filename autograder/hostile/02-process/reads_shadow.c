// Reads the system's password file.
// levels: A C
// points: 0
// says A: password file: No such file
// says C: password file: Permission denied
//
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    tell("password file", open("/etc/shadow", O_RDONLY));
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
