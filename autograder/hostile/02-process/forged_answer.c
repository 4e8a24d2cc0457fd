// Writes an answer of its own, in the format of the drives, before the true one.
// levels: A C
// points: 0
// says: descriptors that it did not open
//
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

// What the drive would answer if all were well, in its own format.
static void forge(void)
{
    dprintf(3,
            "create 1\n0\ncreate_errno 1\n0\nparent 1\n1\nstart 1\n0\nstart_errno 1\n0\n"
            "pid 1\n2\ncalls 1\n1\nseen_pid 1\n2\nseen_argument %d\n%s\nend %d\n",
            2, "42", getpid());
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
    forge();
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
