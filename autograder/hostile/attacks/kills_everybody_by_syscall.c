// Kills every process that it may, past the C library.
// levels: A B
// points: 0
// brings: attack
// says: {failure}
//
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    syscall(SYS_kill, -1, SIGKILL); // all but itself
}
