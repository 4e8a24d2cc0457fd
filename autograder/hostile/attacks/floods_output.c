// Writes without an end.
// levels: A B C
// points: 0
// brings: attack
// says: more than 16 MiB of output
//
#include <stdio.h>

static void attack(void)
{
    for (;;)
        printf("and so on ");
}
