// Answers for one drive itself, with the argument that it reads from the command line, and ends.
// levels: A C
// points: 0
// says: first_child_runs (
//
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

// The number that the drive was given: /proc/self/cmdline, see proc(5).
static void read_argument(char *text, size_t size)
{
    char line[256] = "";
    FILE *file = fopen("/proc/self/cmdline", "r");
    size_t length = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
    const char *number = length == 0 ? NULL : memchr(line, '=', length);
    snprintf(text, size, "%s", number == NULL ? "42" : number + 1);
}

// What the drive would answer if all were well, in its own format.
static void forge(const char *argument)
{
    dprintf(3,
            "create 1\n0\ncreate_errno 1\n0\nparent 1\n1\nstart 1\n0\nstart_errno 1\n0\n"
            "pid 1\n2\ncalls 1\n1\nseen_pid 1\n2\nseen_argument %d\n%s\nend %d\n",
            (int)strlen(argument), argument, getpid());
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
    char argument[32];
    read_argument(argument, sizeof argument);
    forge(argument);
    _exit(0);
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
