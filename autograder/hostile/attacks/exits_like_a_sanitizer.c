// Ends with the status by which the sanitizers end a program, though there is none.
// levels: A B C
// points: 0
// brings: attack
// says: ended with status 99
//
#include <unistd.h>

static void attack(void)
{
    _exit(99);
}
