// Makes namespaces of its own, where it would be root.
// levels: A C
// points: 0
// brings: process_start
// says: user: Operation not permitted
// says: mount: Operation not permitted
// says: clone: Operation not permitted
//
#define _GNU_SOURCE // unshare
#include "process.h"
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    tell("user", unshare(CLONE_NEWUSER));
    tell("mount", unshare(CLONE_NEWNS));
    long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    tell("clone", pid);
    return -1;
}
