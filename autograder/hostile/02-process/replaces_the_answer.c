// Puts another file in the place of the descriptor that the answer goes to.
// levels: A C
// points: 0
// says: descriptors that it did not open
//
#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

struct process *process_create(int (*function)(void *argument), void *argument)
{
    struct process *process = malloc(sizeof *process);
    if (process != NULL)
        *process = (struct process){.function = function, .argument = argument};
    return process;
}

int process_start(struct process *process)
{
    dup2(open("/dev/null", O_WRONLY), 3);
    pid_t pid = fork();
    if (pid == 0) {
        int status = process->function(process->argument);
        fflush(NULL);
        _exit(status);
    }
    process->pid = pid;
    return pid == -1 ? -1 : 0;
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
