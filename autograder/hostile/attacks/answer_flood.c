// Writes 100 MB where the answer goes.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer cannot be understood
//
#include <unistd.h>

static void attack(void)
{
    static char block[65536];
    for (int i = 0; i < 1600; i++)
        if (write(3, block, sizeof block) == -1)
            break;
}
