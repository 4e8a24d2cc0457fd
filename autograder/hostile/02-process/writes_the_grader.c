// Opens the memory of every process of the grader above it for writing.
// levels: A C
// points: 0
// says: open to us: 0
//
#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

// Reads the name and the parent of a process: proc(5).
static pid_t parent_of(pid_t pid, char *name)
{
    char path[64];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file != NULL && fscanf(file, "%*d (%15[^)]) %*c %d", name, &parent) != 2)
        parent = 0;
    if (file != NULL)
        fclose(file);
    return parent;
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
    int open_to_us = 0;
    for (pid_t pid = getppid(); pid > 1;) {
        char name[16] = "", path[64];
        pid_t parent = parent_of(pid, name);
        snprintf(path, sizeof path, "/proc/%d/mem", pid);
        int memory = strcmp(name, "grade") == 0 || strcmp(name, "warden") == 0 ? open(path, O_RDWR) : -1;
        open_to_us += memory != -1;
        close(memory);
        pid = parent;
    }
    printf("open to us: %d\n", open_to_us);
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
