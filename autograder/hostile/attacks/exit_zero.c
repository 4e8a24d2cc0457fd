// Ends the whole program with status 0 instead of returning.
// levels: A B C
// points: 0
// brings: attack
// says: ended before it could answer, with status 0
//
#include <stdlib.h>

static void attack(void)
{
    exit(0);
}
