// Makes namespaces of its own, where it would be root.
// levels: A B C
// points: 0
// brings: attack
// says: user: Operation not permitted
// says: mount: Operation not permitted
// says: clone: Operation not permitted
//
#define _GNU_SOURCE // unshare
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    if (unshare(CLONE_NEWUSER) == -1)
        perror("user");
    if (unshare(CLONE_NEWNS) == -1)
        perror("mount");
    long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    if (pid == -1)
        perror("clone");
}
