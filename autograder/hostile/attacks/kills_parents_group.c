// Kills the process group of its parent, past the C library: the filter does not let it.
// levels: A B C
// points: 0
// brings: attack
// says: group: Operation not permitted
// says: {failure}
//
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    if (syscall(SYS_kill, -getpgid(getppid()), SIGKILL) == -1)
        perror("group");
}
