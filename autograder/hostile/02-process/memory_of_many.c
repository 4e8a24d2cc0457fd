// Takes 400 MiB in each of eight processes, less than each may have, but too much together.
// levels: A C
// points: 0
// says: together used more than 1024 MiB
//
#include "process.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
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
    const size_t size = 400UL * 1024 * 1024;
    alarm(60);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            volatile char *memory = malloc(size);
            for (size_t at = 0; memory != NULL && at < size; at += 4096)
                memory[at] = 1;
            _exit(pause());
        }
    while (wait(NULL) != -1)
        ;
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
