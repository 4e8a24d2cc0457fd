// Ends the whole program with status 3 instead of telling an error.
// levels: A B C
// points: 0
// brings: attack
// says: ended with status 3
//
#include <unistd.h>

static void attack(void)
{
    _exit(3);
}
