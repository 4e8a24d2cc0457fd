// Loops for ever, and ignores the signal that says that its processor time is over.
// levels: A B C
// points: 0
// brings: attack
// says: ended by signal 9 | had not ended after 10 s
//
#include <signal.h>

static void attack(void)
{
    signal(SIGXCPU, SIG_IGN);
    for (;;)
        ;
}
