// Kills its parent.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <signal.h>
#include <unistd.h>

static void attack(void)
{
    kill(getppid(), SIGKILL);
}
