// Stands in for the calls about processes and threads: fork and posix_spawn, kill, all that wait for a
// child, and what makes threads and their locks.
#define _GNU_SOURCE // ppoll
#include "faulty.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Called by the module in place of the C library's functions: see calls.txt.
pid_t faulty_fork(void);
int faulty_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]);
int faulty_posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]);
int faulty_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*function)(void *argument), void *argument);
int faulty_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int faulty_kill(pid_t pid, int signal_number);
pid_t faulty_waitpid(pid_t pid, int *status, int options);
pid_t faulty_wait(int *status);
pid_t faulty_wait4(pid_t pid, int *status, int options, struct rusage *usage);
int faulty_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int faulty_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int faulty_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask);
int faulty_nanosleep(const struct timespec *wanted, struct timespec *left);
int faulty_usleep(useconds_t microseconds);

enum { MOST_CHILDREN = 4096 };

static struct {
    pid_t pid;
    bool reaped;
} children[MOST_CHILDREN]; // of this process, the newest last
static int child_count;

// The newest child with this pid, or -1: pids are used again.
static int find_child(pid_t pid)
{
    int i = child_count - 1;
    while (i >= 0 && children[i].pid != pid)
        i--;
    return i;
}

static bool is_reaped(pid_t pid)
{
    int i = find_child(pid);
    return i >= 0 && children[i].reaped;
}

void faulty_note_child(pid_t pid)
{
    if (child_count < MOST_CHILDREN) {
        children[child_count].pid = pid;
        children[child_count++].reaped = false;
    }
}

static pid_t note_reaped(pid_t pid)
{
    int i = pid > 0 ? find_child(pid) : -1;
    if (i >= 0)
        children[i].reaped = true;
    return pid;
}

static void note_wait(pid_t pid)
{
    if (pid > 0 && is_reaped(pid))
        faulty_audit.waits_on_reaped++;
}

pid_t faulty_fork(void)
{
    if (faulty_fails(FAULTS_FORK))
        return -1;
    pid_t pid = fork();
    if (pid == 0) { // the child has no children
        child_count = 0;
        faulty_forget();
    }
    if (pid > 0)
        faulty_note_child(pid);
    return pid;
}

// For calls whose result is the error: nobody promises that they set errno, so they leave it alone.
static bool fails_by_result(enum faults_call call, int *error)
{
    int before = errno;
    bool fails = faulty_fails(call);
    *error = errno;
    errno = before;
    return fails;
}

int faulty_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
    pid_t child = 0;
    int error;
    if (fails_by_result(FAULTS_SPAWN, &error))
        return error;
    error = posix_spawn(&child, path, actions, attributes, argv, envp);
    if (error == 0)
        faulty_note_child(child);
    if (error == 0 && pid != NULL)
        *pid = child;
    return error;
}

int faulty_posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
    pid_t child = 0;
    int error;
    if (fails_by_result(FAULTS_SPAWN, &error))
        return error;
    error = posix_spawnp(&child, file, actions, attributes, argv, envp);
    if (error == 0)
        faulty_note_child(child);
    if (error == 0 && pid != NULL)
        *pid = child;
    return error;
}

int faulty_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*function)(void *argument), void *argument)
{
    int error;
    return fails_by_result(FAULTS_THREAD, &error)
               ? error
               : pthread_create(thread, attributes, function, argument);
}

int faulty_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
    int sharing = PTHREAD_PROCESS_PRIVATE;
    if (attributes != NULL)
        pthread_mutexattr_getpshared(attributes, &sharing);
    if (sharing == PTHREAD_PROCESS_SHARED)
        faulty_audit.shared_locks++;
    else
        faulty_audit.private_locks++;
    return pthread_mutex_init(mutex, attributes);
}

int faulty_kill(pid_t pid, int signal_number)
{
    int child = pid > 0 ? find_child(pid) : -1;
    if (child >= 0 && !children[child].reaped)
        return kill(pid, signal_number);
    if (pid == getpid())
        return kill(pid, signal_number);
    if (pid <= 0)
        faulty_audit.kills_of_many++;
    else if (child >= 0)
        faulty_audit.kills_on_reaped++;
    else
        faulty_audit.kills_of_others++;
    errno = ESRCH;
    return -1;
}

pid_t faulty_waitpid(pid_t pid, int *status, int options)
{
    note_wait(pid);
    return faulty_interrupts(FAULTY_CHILD, (options & WNOHANG) == 0)
               ? -1
               : note_reaped(waitpid(pid, status, options));
}

pid_t faulty_wait(int *status)
{
    return faulty_interrupts(FAULTY_CHILD, true) ? -1 : note_reaped(wait(status));
}

pid_t faulty_wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    note_wait(pid);
    return faulty_interrupts(FAULTY_CHILD, (options & WNOHANG) == 0)
               ? -1
               : note_reaped(wait4(pid, status, options, usage));
}

int faulty_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    siginfo_t unused = {0};
    if (type == P_PID)
        note_wait((pid_t)id);
    if (faulty_interrupts(FAULTY_CHILD, (options & WNOHANG) == 0))
        return -1;
    if (info == NULL)
        info = &unused;
    info->si_pid = 0;
    int result = waitid(type, id, info, options);
    if (result == 0 && (options & WNOWAIT) == 0)
        note_reaped(info->si_pid);
    return result;
}

int faulty_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    return faulty_interrupts(FAULTY_POLL, timeout_ms != 0) ? -1 : poll(descriptors, count, timeout_ms);
}

int faulty_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout,
                 const sigset_t *mask)
{
    bool may_wait = timeout == NULL || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
    return faulty_interrupts(FAULTY_POLL, may_wait) ? -1 : ppoll(descriptors, count, timeout, mask);
}

int faulty_nanosleep(const struct timespec *wanted, struct timespec *left)
{
    if (!faulty_interrupts(FAULTY_SLEEP, true))
        return nanosleep(wanted, left);
    if (left != NULL)
        *left = *wanted;
    return -1;
}

int faulty_usleep(useconds_t microseconds)
{
    return faulty_interrupts(FAULTY_SLEEP, true) ? -1 : usleep(microseconds);
}
