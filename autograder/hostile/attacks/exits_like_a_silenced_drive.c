// Ends with the status by which a drive says that it could not send its answer.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer could not be sent
//
#include <unistd.h>

static void attack(void)
{
    _exit(121);
}
