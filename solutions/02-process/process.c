// A child process that runs one function.
#include "process.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum state { CREATED, RUNNING, ENDED, LOST };

struct process {
    int (*function)(void *argument);
    void *argument;
    enum state state;
    pid_t pid;     // 0 until started
    int exit_code; // PROCESS_NO_EXIT_CODE unless ENDED
};

struct process *process_create(int (*function)(void *argument), void *argument)
{
    if (function == NULL) {
        errno = EINVAL;
        return NULL;
    }
    struct process *process = malloc(sizeof *process);
    if (process == NULL)
        return NULL;
    *process = (struct process){
        .function = function, .argument = argument, .state = CREATED, .exit_code = PROCESS_NO_EXIT_CODE};
    return process;
}

int process_start(struct process *process)
{
    if (process->state != CREATED) {
        errno = EALREADY;
        return -1;
    }
    fflush(NULL); // or the child would inherit the buffered text and write it a second time
    pid_t pid = fork();
    if (pid == -1)
        return -1;
    if (pid == 0) {
        int status = process->function(process->argument);
        fflush(NULL);
        _exit(status); // not exit(): the parent's atexit handlers are not the child's to run
    }
    process->pid = pid;
    process->state = RUNNING;
    return 0;
}

static int exit_code_of(int wait_status)
{
    return WIFSIGNALED(wait_status) ? -WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

// Takes the child's status from the kernel. `options` is waitpid(2)'s: 0 waits, WNOHANG does not.
// Returns 0, or -1 with errno ETIMEDOUT (still running) or ECHILD.
static int reap(struct process *process, int options)
{
    int wait_status;
    pid_t pid;
    do
        pid = waitpid(process->pid, &wait_status, options);
    while (pid == -1 && errno == EINTR);
    if (pid == 0) {
        errno = ETIMEDOUT;
        return -1;
    }
    if (pid == -1) {
        process->state = LOST; // from here on the pid may belong to a stranger
        return -1;
    }
    process->state = ENDED;
    process->exit_code = exit_code_of(wait_status);
    return 0;
}

static long long monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// Waits until the child has ended or the time is over; takes no status. A process file descriptor is
// readable once its process has ended: pidfd_open(2). glibc has a wrapper for it only from 2.36 on.
static int wait_for_end(pid_t pid, int timeout_ms)
{
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    if (end.fd == -1)
        return errno == ESRCH ? 0 : -1; // ESRCH: somebody took its status; waitpid() will tell
    long long deadline = monotonic_ms() + timeout_ms + 1; // 1: the clock was rounded down
    int left = timeout_ms;
    int ready;
    while ((ready = poll(&end, 1, left)) == -1 && errno == EINTR) {
        long long now = monotonic_ms();
        left = now >= deadline ? 0 : now + timeout_ms < deadline ? timeout_ms : (int)(deadline - now);
    }
    int error = errno;
    close(end.fd);
    errno = error;
    return ready == -1 ? -1 : 0;
}

int process_join(struct process *process, int timeout_ms)
{
    switch (process->state) {
    case CREATED:
        errno = EINVAL;
        return -1;
    case ENDED:
        return 0;
    case LOST:
        errno = ECHILD;
        return -1;
    case RUNNING:
        break;
    }
    if (timeout_ms < 0)
        return reap(process, 0);
    if (reap(process, WNOHANG) == 0)
        return 0;
    if (errno != ETIMEDOUT || timeout_ms == 0)
        return -1;
    return wait_for_end(process->pid, timeout_ms) == -1 ? -1 : reap(process, WNOHANG);
}

pid_t process_pid(const struct process *process)
{
    return process->pid;
}

bool process_is_alive(struct process *process)
{
    if (process->state == RUNNING)
        reap(process, WNOHANG);
    return process->state == RUNNING;
}

int process_exit_code(struct process *process)
{
    if (process->state == RUNNING)
        reap(process, WNOHANG);
    return process->exit_code;
}

// While the child has not been reaped its pid cannot belong to anybody else: see kill(2), waitpid(2).
static int send_signal(struct process *process, int signal_number)
{
    if (process->state == CREATED) {
        errno = EINVAL;
        return -1;
    }
    return process_is_alive(process) ? kill(process->pid, signal_number) : 0;
}

int process_terminate(struct process *process)
{
    return send_signal(process, SIGTERM);
}

int process_kill(struct process *process)
{
    return send_signal(process, SIGKILL);
}

int process_release(struct process *process)
{
    if (process != NULL && process_is_alive(process)) {
        errno = EBUSY;
        return -1;
    }
    free(process);
    return 0;
}
