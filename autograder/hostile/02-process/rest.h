// The rest of every submission against process.h: the prover puts it behind an attack, and defines
// BRINGS_NAME for each name that the attack's head says it brings (grade/hostile.h). Being at the end, it
// moves no line of the attack. The first drives call process_start() first: it attacks, and fails.
// failure: process_start() gave -1
//
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

// --- The module: keeps what it is given, and starts nothing ---

#ifndef BRINGS_process_create
struct process *process_create(int (*function)(void *argument), void *argument)
{
    struct process *process = malloc(sizeof *process);
    if (process != NULL)
        *process = (struct process){.function = function, .argument = argument};
    return process;
}
#endif

#ifndef BRINGS_process_start
int process_start(struct process *process)
{
    (void)process;
    attack();
    return -1;
}
#endif

#ifndef BRINGS_process_join
int process_join(struct process *process, int timeout_ms)
{
    (void)process;
    (void)timeout_ms;
    return -1;
}
#endif

#ifndef BRINGS_process_pid
pid_t process_pid(const struct process *process)
{
    return process->pid;
}
#endif

#ifndef BRINGS_process_is_alive
bool process_is_alive(struct process *process)
{
    return process->pid > 0;
}
#endif

#ifndef BRINGS_process_exit_code
int process_exit_code(struct process *process)
{
    return process->pid;
}
#endif

#ifndef BRINGS_process_terminate
int process_terminate(struct process *process)
{
    return process->pid;
}
#endif

#ifndef BRINGS_process_kill
int process_kill(struct process *process)
{
    return process->pid;
}
#endif

#ifndef BRINGS_process_release
int process_release(struct process *process)
{
    free(process);
    return 0;
}
#endif

// --- For several submissions, which declare what they use; inline: the others are not warned ---

// Starts a child as it should be.
static inline int start_child(struct process *process)
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

// Joins a child, but keeps nothing of it.
static inline int join_child(struct process *process, int timeout_ms)
{
    return waitpid(process->pid, NULL, timeout_ms < 0 ? 0 : WNOHANG) == -1 ? -1 : 0;
}

// The number that the drive was given: /proc/self/cmdline, see proc(5).
static inline void read_argument(char *text, size_t size)
{
    char line[256] = "";
    FILE *file = fopen("/proc/self/cmdline", "r");
    size_t length = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
    const char *number = length == 0 ? NULL : memchr(line, '=', length);
    snprintf(text, size, "%s", number == NULL ? "42" : number + 1);
}

// What the drive of first_child_runs would answer if all were well, in its own format.
static inline void forge_first_child(const char *argument)
{
    dprintf(3,
            "create 1\n0\ncreate_errno 1\n0\nparent 1\n1\nstart 1\n0\nstart_errno 1\n0\n"
            "pid 1\n2\ncalls 1\n1\nseen_pid 1\n2\nseen_argument %d\n%s\nend %d\n",
            (int)strlen(argument), argument, getpid());
}
