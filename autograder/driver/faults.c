// Faults on order, and an audit of system calls.
#include "faults.h"
#include "driver.h"
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The linker makes these names: __real_X is the C library's X, and X in the learner's module is __wrap_X.
pid_t __real_fork(void);
int __real_kill(pid_t pid, int signal_number);
pid_t __real_waitpid(pid_t pid, int *status, int options);
pid_t __real_wait(int *status);
pid_t __real_wait4(pid_t pid, int *status, int options, struct rusage *usage);
int __real_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int __real_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int __real_nanosleep(const struct timespec *wanted, struct timespec *left);
int __real_usleep(useconds_t microseconds);
pid_t __wrap_fork(void);
int __wrap_kill(pid_t pid, int signal_number);
pid_t __wrap_waitpid(pid_t pid, int *status, int options);
pid_t __wrap_wait(int *status);
pid_t __wrap_wait4(pid_t pid, int *status, int options, struct rusage *usage);
int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left);
int __wrap_usleep(useconds_t microseconds);

enum { MOST_CHILDREN = 4096 };

static struct {
    int forks;
    int failed_forks;
    int interrupted;
    int waits_on_reaped;
    int kills_on_reaped;
    int kills_of_many;
    int kills_of_others;
} audit; // as faults_answer() tells it
static struct {
    pid_t pid;
    bool reaped;
} children[MOST_CHILDREN]; // of this process, the newest last
static int child_count;
static int forks_until_failure;
static int fork_error;
static int interruptions;      // before each call that goes through
static int interruptions_left; // before the next one

void faults_fail_fork(int nth, int error)
{
    forks_until_failure = nth;
    fork_error = error;
}

void faults_interrupt(int times)
{
    interruptions = interruptions_left = times;
}

void faults_answer(void)
{
    answer_int("forks", audit.forks);
    answer_int("failed_forks", audit.failed_forks);
    answer_int("interrupted", audit.interrupted);
    answer_int("waits_on_reaped", audit.waits_on_reaped);
    answer_int("kills_on_reaped", audit.kills_on_reaped);
    answer_int("kills_of_many", audit.kills_of_many);
    answer_int("kills_of_others", audit.kills_of_others);
}

pid_t faults_real_fork(void)
{
    return __real_fork();
}

pid_t faults_real_waitpid(pid_t pid, int *status, int options)
{
    return __real_waitpid(pid, status, options);
}

int faults_real_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    return __real_waitid(type, id, info, options);
}

int faults_real_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    return __real_poll(descriptors, count, timeout_ms);
}

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
        audit.waits_on_reaped++;
}

// Decides for a call that may wait whether it is interrupted now. A call that does not wait never is.
static bool interrupt(bool may_wait)
{
    if (!may_wait)
        return false;
    if (interruptions_left == 0) {
        interruptions_left = interruptions;
        return false;
    }
    interruptions_left--;
    audit.interrupted++;
    errno = EINTR;
    return true;
}

pid_t __wrap_fork(void)
{
    if (forks_until_failure > 0 && --forks_until_failure == 0) {
        audit.failed_forks++;
        errno = fork_error;
        return -1;
    }
    pid_t pid = __real_fork();
    if (pid == 0) { // the child has no children, and nothing on its record
        child_count = 0;
        memset(&audit, 0, sizeof audit);
    }
    if (pid > 0) {
        audit.forks++;
        if (child_count < MOST_CHILDREN) {
            children[child_count].pid = pid;
            children[child_count++].reaped = false;
        }
    }
    return pid;
}

int __wrap_kill(pid_t pid, int signal_number)
{
    int child = pid > 0 ? find_child(pid) : -1;
    if (child >= 0 && !children[child].reaped)
        return __real_kill(pid, signal_number);
    if (pid == getpid())
        return __real_kill(pid, signal_number);
    if (pid <= 0)
        audit.kills_of_many++;
    else if (child >= 0)
        audit.kills_on_reaped++;
    else
        audit.kills_of_others++;
    errno = ESRCH;
    return -1;
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
    note_wait(pid);
    return interrupt((options & WNOHANG) == 0) ? -1 : note_reaped(__real_waitpid(pid, status, options));
}

pid_t __wrap_wait(int *status)
{
    return interrupt(true) ? -1 : note_reaped(__real_wait(status));
}

pid_t __wrap_wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    note_wait(pid);
    return interrupt((options & WNOHANG) == 0) ? -1
                                               : note_reaped(__real_wait4(pid, status, options, usage));
}

int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    siginfo_t unused = {0};
    if (type == P_PID)
        note_wait((pid_t)id);
    if (interrupt((options & WNOHANG) == 0))
        return -1;
    if (info == NULL)
        info = &unused;
    info->si_pid = 0;
    int result = __real_waitid(type, id, info, options);
    if (result == 0 && (options & WNOWAIT) == 0)
        note_reaped(info->si_pid);
    return result;
}

int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    return interrupt(timeout_ms != 0) ? -1 : __real_poll(descriptors, count, timeout_ms);
}

int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left)
{
    if (!interrupt(true))
        return __real_nanosleep(wanted, left);
    if (left != NULL)
        *left = *wanted;
    return -1;
}

int __wrap_usleep(useconds_t microseconds)
{
    return interrupt(true) ? -1 : __real_usleep(microseconds);
}
