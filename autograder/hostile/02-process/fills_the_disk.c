// Writes forty files of 7 MiB each into the current directory.
// levels: A C
// points: 0
// says A: ENOSPC
// says C: process_start() gave -1
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
    (void)process;
    static char block[7 * 1024 * 1024];
    for (int i = 0; i < 40; i++) {
        char name[16];
        snprintf(name, sizeof name, "filler%d", i);
        int file = open(name, O_WRONLY | O_CREAT, 0600);
        ssize_t written = write(file, block, sizeof block);
        if (written == -1)
            break;
        close(file);
    }
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
