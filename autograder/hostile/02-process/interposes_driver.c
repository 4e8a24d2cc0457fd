// Brings its own answer_int, faults_answer and driver_broken, so that the drives would use them.
// levels: A C
// points: 0
// says: process_start() gave -1
//
#include "process.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

void answer_int(const char *name, int64_t value);
void answer_result(const char *name, int result);
void faults_answer(void);
_Noreturn void driver_broken(const char *what);

void answer_int(const char *name, int64_t value)
{
    dprintf(3, "%s 1\n%d\n", name, value != 0);
}

void answer_result(const char *name, int result)
{
    answer_int(name, result == 77);
}

void faults_answer(void)
{
}

void driver_broken(const char *what)
{
    exit(what == NULL);
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
