// Ends with the status by which a drive says that the machine is to blame.
// levels: A B C
// points: 0
// brings: attack
// says: ended with status 120
//
#include <unistd.h>

static void attack(void)
{
    _exit(120);
}
