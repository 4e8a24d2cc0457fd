// A process that kills workers of its parent. It never hits a stranger: a victim is held by a process
// file descriptor, and seen to be a living child of the parent while it is held.
#include "killer.h"
#include "channel.h"
#include "process.h"
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CHILDREN = 64 };

struct killer {
    const atomic_int *phase;
    pid_t parent;
    struct channel *ends[2]; // the parent's, the killer's
    struct process *process;
};

// --- The process ---------------------------------------------------------------------------------------

static void wait_until(const struct timespec *begin, int64_t delay_ns)
{
    int64_t end_ns = begin->tv_nsec + delay_ns;
    struct timespec end = {begin->tv_sec + end_ns / 1000000000, end_ns % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
}

// The parent has one thread, so these are all its children. Returns how many, or -1 if the kernel does
// not say (CONFIG_PROC_CHILDREN).
static int find_children(pid_t parent, pid_t children[])
{
    char path[64];
    int count = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", parent, parent);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return -1;
    while (count < MOST_CHILDREN && fscanf(file, "%d", &children[count]) == 1)
        count++;
    fclose(file);
    return count;
}

static pid_t parent_of(pid_t pid)
{
    char path[64];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d (%*[^)]) %*c %d", &parent) != 1)
        parent = 0;
    fclose(file);
    return parent;
}

// Signals a child of the parent, if it lives. A number may have gone over to another process since it was
// read. But the descriptor means one process for ever; and if that has not ended *after* the number was
// seen to be a child's, then the child was that process.
static bool strike(const struct killer *self, pid_t pid, int signal_number)
{
    struct pollfd victim = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    if (victim.fd == -1)
        return false;
    bool is_hit = parent_of(pid) == self->parent && poll(&victim, 1, 0) == 0 &&
                  syscall(SYS_pidfd_send_signal, victim.fd, signal_number, NULL, 0) == 0;
    close(victim.fd);
    return is_hit;
}

static void carry_out(const struct killer *self, const struct killer_order *order,
                      struct killer_report *report)
{
    pid_t children[MOST_CHILDREN];
    int count = find_children(self->parent, children);
    if (count == -1)
        report->victims = -1;
    for (int i = 0; i < count && report->victims < order->most; i++) {
        pid_t pid = children[(order->random + (uint64_t)i) % (uint64_t)count];
        int phase = atomic_load(self->phase);
        if (pid != getpid() && strike(self, pid, order->signal))
            report->phases[report->victims++] = phase;
    }
}

static int kill_on_order(void *argument)
{
    struct killer *self = argument;
    struct killer_order order;
    size_t size;
    channel_close(self->ends[0]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_TIMERSLACK, 1UL);
    while (channel_receive(self->ends[1], &order, sizeof order, &size) == 1) {
        struct timespec begin;
        struct killer_report report = {0};
        clock_gettime(CLOCK_MONOTONIC, &begin);
        if (order.delay_ns > 0)
            wait_until(&begin, order.delay_ns);
        carry_out(self, &order, &report);
        if (channel_send(self->ends[1], &report, sizeof report) == -1)
            return 1;
    }
    return 0;
}

// --- The parent's side ---------------------------------------------------------------------------------

struct killer *killer_create(const atomic_int *phase)
{
    struct killer *killer = malloc(sizeof *killer);
    if (killer == NULL || channel_create(killer->ends) == -1) {
        free(killer);
        return NULL;
    }
    killer->phase = phase;
    killer->parent = getpid();
    killer->process = process_create(kill_on_order, killer);
    if (killer->process == NULL || process_start(killer->process) == -1) {
        free(killer->process);
        channel_close(killer->ends[0]);
        channel_close(killer->ends[1]);
        free(killer);
        return NULL;
    }
    channel_close(killer->ends[1]);
    return killer;
}

pid_t killer_pid(const struct killer *killer)
{
    return process_pid(killer->process);
}

int killer_send(struct killer *killer, const struct killer_order *order)
{
    return channel_send(killer->ends[0], order, sizeof *order);
}

int killer_hear(struct killer *killer, struct killer_report *report)
{
    size_t size;
    return channel_receive(killer->ends[0], report, sizeof *report, &size) == 1 ? 0 : -1;
}

void killer_release(struct killer *killer)
{
    channel_close(killer->ends[0]);
    process_join(killer->process, -1);
    process_release(killer->process);
    free(killer);
}
