// Blocks every signal and waits for one.
// levels: A B C
// points: 0
// brings: attack
// says: It was stuck
//
#include <signal.h>
#include <unistd.h>

static void attack(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;)
        pause();
}
