// Leaves 60 children behind that nobody has waited for.
// levels: A C
// points: 26
// says: 60 children had ended but were never waited for
//
#include "process.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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
    for (int i = 0; i < 60; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(0);
        siginfo_t info;
        waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    }
    return waitpid(process->pid, NULL, timeout_ms < 0 ? 0 : WNOHANG) == -1 ? -1 : 0;
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
