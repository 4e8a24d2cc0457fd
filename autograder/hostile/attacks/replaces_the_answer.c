// Puts another file in the place of the descriptor that the answer goes to.
// levels: A B C
// points: 0
// brings: attack
// says: descriptors that it did not open
//
#include <fcntl.h>
#include <unistd.h>

static void attack(void)
{
    dup2(open("/dev/null", O_WRONLY), 3);
}
