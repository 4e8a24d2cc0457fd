// Sleeps for half a minute in each start: late, but not stuck.
// levels: A B C
// points: 0
// brings: attack
// says: slept for more than 2 s
//
#include <unistd.h>

static void attack(void)
{
    sleep(30);
}
