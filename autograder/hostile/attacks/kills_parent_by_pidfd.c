// Kills its parent by a descriptor of its folder in /proc: at level C it can, and is found out.
// levels: A B C
// points: 0
// brings: attack
// says A: {failure}
// says B: {failure}
// says C: The process that watches it was ended by signal 9
//
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d", getppid());
    syscall(SYS_pidfd_send_signal, open(path, O_RDONLY | O_DIRECTORY), SIGKILL, NULL, 0);
}
