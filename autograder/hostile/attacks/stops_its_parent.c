// Stops its parent, past the C library, and goes on: the filter does not let it.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    syscall(SYS_kill, getppid(), SIGSTOP);
}
