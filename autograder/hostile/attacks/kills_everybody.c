// Kills every process that it may.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <signal.h>

static void attack(void)
{
    kill(-1, SIGKILL);
}
