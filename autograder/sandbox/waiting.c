// What processes are waiting for, told in the names of system calls.
#include "waiting.h"
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static const struct {
    long number;
    const char *name;
} calls[] = {
    {SYS_read, "read"},
    {SYS_write, "write"},
    {SYS_wait4, "waitpid"},
    {SYS_waitid, "waitid"},
    {SYS_ppoll, "poll"},
    {SYS_futex, "a lock or a semaphore"},
    {SYS_clock_nanosleep, "sleep"},
    {SYS_nanosleep, "sleep"},
    {SYS_rt_sigtimedwait, "sigwait"},
    {SYS_rt_sigsuspend, "sigsuspend"},
    {SYS_flock, "flock"},
    {SYS_fcntl, "fcntl"},
    {SYS_recvfrom, "recv"},
    {SYS_accept, "accept"},
    {SYS_epoll_pwait, "epoll_wait"},
#ifdef SYS_poll // not on newer architectures
    {SYS_poll, "poll"},
    {SYS_pause, "pause"},
    {SYS_select, "select"},
    {SYS_epoll_wait, "epoll_wait"},
#endif
};

enum { KINDS = sizeof calls / sizeof *calls };

// The index in calls[], or KINDS if it is none of them or cannot be read.
static size_t call_of(const struct tree_process *process)
{
    char path[64];
    long number = -1;
    snprintf(path, sizeof path, "/proc/%d/syscall", process->pid);
    FILE *file = process->state == 'S' ? fopen(path, "re") : NULL;
    if (file != NULL) {
        if (fscanf(file, "%ld", &number) != 1)
            number = -1;
        fclose(file);
    }
    size_t kind = 0;
    while (kind < KINDS && calls[kind].number != number)
        kind++;
    return kind;
}

static void append(char *text, size_t size, const char *item)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used > 0 ? "; " : "", item);
}

void waiting_describe(const struct tree *tree, pid_t program, char *text, size_t size)
{
    int others[KINDS] = {0}, running = 0;
    char item[96];
    text[0] = '\0';
    for (size_t i = 0; i < tree->count; i++) {
        size_t kind = call_of(&tree->processes[i]);
        running += tree->processes[i].state == 'R' && tree->processes[i].pid != program;
        if (kind == KINDS)
            continue;
        if (tree->processes[i].pid == program) {
            snprintf(item, sizeof item, "the program waits in %s", calls[kind].name);
            append(text, size, item);
        } else {
            others[kind]++;
        }
    }
    if (running > 0) { // an endless loop? The one that waits for it is not to blame
        snprintf(item, sizeof item, "%d other process%s", running, running == 1 ? " runs" : "es run");
        append(text, size, item);
    }
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (others[kind] == 0)
            continue;
        snprintf(item, sizeof item, "%d other process%s in %s", others[kind],
                 others[kind] == 1 ? " waits" : "es wait", calls[kind].name);
        append(text, size, item);
    }
}
