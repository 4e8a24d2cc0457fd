// Sends an answer with sizes that are no sizes.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3, "create 18446744073709551615\n0\nstart -1\n \n\n 9\nend\nend 99999999999999999999\n");
    _exit(0);
}
