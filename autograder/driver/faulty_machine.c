// Stands in for the calls that tell how many processors there are: a machine on order.
#define _GNU_SOURCE // pipe2, O_TMPFILE, CPU_SET_S
#include "faulty.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

// Called by the module in place of the C library's functions: see calls.txt.
int faulty_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *allowed);
long faulty_sysconf(int name);
int faulty_get_nprocs(void);
int faulty_get_nprocs_conf(void);
FILE *faulty_fopen(const char *path, const char *mode);
int faulty_open(const char *path, int flags, ...);
int faulty_openat(int directory, const char *path, int flags, ...);

static struct {
    int processors; // 0: the machine is shown as it is
    int usable;
    const char *cpu_max;
} machine;

void faults_machine(int processors, int usable, const char *cpu_max)
{
    machine.processors = processors;
    machine.usable = usable;
    machine.cpu_max = cpu_max;
}

int faulty_sched_getaffinity(pid_t pid, size_t size, cpu_set_t *allowed)
{
    if (machine.processors == 0)
        return sched_getaffinity(pid, size, allowed);
    memset(allowed, 0, size);
    for (int i = 1; i <= machine.usable; i++) // the last ones
        CPU_SET_S((size_t)(machine.processors - i), size, allowed);
    return 0;
}

long faulty_sysconf(int name)
{
    bool asks = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
    return asks && machine.processors > 0 ? machine.processors : sysconf(name);
}

int faulty_get_nprocs(void)
{
    return machine.processors > 0 ? machine.processors : get_nprocs();
}

int faulty_get_nprocs_conf(void)
{
    return machine.processors > 0 ? machine.processors : get_nprocs_conf();
}

static bool is_replaced(const char *path)
{
    return machine.processors > 0 && strcmp(path, "/sys/fs/cgroup/cpu.max") == 0;
}

// A descriptor from which the ordered text is read.
static int open_text(void)
{
    int ends[2];
    if (machine.cpu_max == NULL) {
        errno = ENOENT;
        return -1;
    }
    if (pipe2(ends, O_CLOEXEC) == -1)
        return -1;
    size_t size = strlen(machine.cpu_max);
    bool written = write(ends[1], machine.cpu_max, size) == (ssize_t)size; // a pipe holds so much
    close(ends[1]);
    if (written)
        return ends[0];
    close(ends[0]);
    errno = EIO;
    return -1;
}

FILE *faulty_fopen(const char *path, const char *mode)
{
    if (!is_replaced(path))
        return fopen(path, mode);
    int descriptor = open_text();
    FILE *file = descriptor == -1 ? NULL : fdopen(descriptor, "r");
    if (file == NULL && descriptor != -1)
        close(descriptor);
    return file;
}

static mode_t mode_of(int flags, va_list rest)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

int faulty_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return is_replaced(path) ? open_text() : open(path, flags, mode);
}

int faulty_openat(int directory, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return is_replaced(path) ? open_text() : openat(directory, path, flags, mode);
}
