// Hops: each process starts the next one and ends, 4 000 times, so that it is never where one looks.
// levels: A B C
// points: 0
// brings: attack
// says: ended before it could answer, with status 0
//
#include <unistd.h>

static void attack(void)
{
    for (int hop = 0; hop < 4000; hop++) {
        if (fork() != 0)
            _exit(0);
        setsid();
    }
    _exit(0);
}
