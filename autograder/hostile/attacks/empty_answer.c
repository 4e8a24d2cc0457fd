// Sends an answer that holds nothing, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3, "end %d\n", getpid());
    _exit(0);
}
