// Connects to this machine and to one outside.
// levels: A C
// points: 0
// says A: 192.0.2.1: Network is unreachable
// says C: process_start() gave -1
//
#define _GNU_SOURCE // SOCK_NONBLOCK
#include "process.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct process {
    int (*function)(void *argument);
    void *argument;
    pid_t pid;
};

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerror(errno) : "done");
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
    static const char *const addresses[] = {"127.0.0.1", "192.0.2.1"};
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
        inet_pton(AF_INET, addresses[i], &address.sin_addr);
        int end = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        tell(addresses[i], connect(end, (struct sockaddr *)&address, sizeof address));
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
