// Kills its own process group, past the C library.
// levels: A B C
// points: 0
// brings: attack
// says: ended by signal 9
//
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    syscall(SYS_kill, 0, SIGKILL);
}
