// Starts processes without an end, and each of them does so, too.
// levels: A B C
// points: 0
// brings: attack
// says: more than 64 processes
//
#include <unistd.h>

static void attack(void)
{
    alarm(60);
    for (;;)
        if (fork() == 0)
            alarm(60);
}
