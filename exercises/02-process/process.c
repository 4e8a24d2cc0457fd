// A child process that runs one function. The task is in README.md, the contract in process.h.
#include "process.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct process {
    int (*function)(void *argument);
    void *argument;
};

struct process *process_create(int (*function)(void *argument), void *argument)
{
    // TODO(learner): refuse NULL; allocate a struct process and keep both in it
    (void)function;
    (void)argument;
    errno = ENOSYS;
    return NULL;
}

int process_start(struct process *process)
{
    // TODO(learner): fork(); the child calls the function and ends, the parent returns
    (void)process;
    errno = ENOSYS;
    return -1;
}

int process_join(struct process *process, int timeout_ms)
{
    // TODO(learner): wait for the child, take its status, keep its exit code
    (void)process;
    (void)timeout_ms;
    errno = ENOSYS;
    return -1;
}

pid_t process_pid(const struct process *process)
{
    // TODO(learner): the child's pid
    (void)process;
    return 0;
}

bool process_is_alive(struct process *process)
{
    // TODO(learner): has the child ended? Look, and do not wait
    (void)process;
    return false;
}

int process_exit_code(struct process *process)
{
    // TODO(learner): the exit code, if there is one
    (void)process;
    return PROCESS_NO_EXIT_CODE;
}

int process_terminate(struct process *process)
{
    // TODO(learner): send SIGTERM, but only to a child that runs
    (void)process;
    errno = ENOSYS;
    return -1;
}

int process_kill(struct process *process)
{
    // TODO(learner): the same with SIGKILL
    (void)process;
    errno = ENOSYS;
    return -1;
}

int process_release(struct process *process)
{
    // TODO(learner): free the handle, unless the child is running
    (void)process;
    errno = ENOSYS;
    return -1;
}
