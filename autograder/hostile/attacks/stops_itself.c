// Stops itself with SIGSTOP.
// levels: A B C
// points: 0
// brings: attack
// says: It stopped itself (SIGSTOP)
//
#include <signal.h>

static void attack(void)
{
    raise(SIGSTOP);
}
