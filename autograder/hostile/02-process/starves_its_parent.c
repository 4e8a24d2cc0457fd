// Gives its parent the lowest priority, and keeps the processors busy with 40 children.
// levels: A C
// points: 0
// says: had not ended after 10 s
//
#define _GNU_SOURCE // SCHED_IDLE
#include "process.h"
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
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
    alarm(60);
    setpriority(PRIO_PROCESS, (id_t)getppid(), 19);
    sched_setscheduler(getppid(), SCHED_IDLE, &(struct sched_param){0});
    for (int i = 0; i < 40; i++)
        if (fork() == 0) {
            alarm(60);
            for (;;)
                ;
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
