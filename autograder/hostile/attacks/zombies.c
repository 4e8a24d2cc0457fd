// Leaves 60 children behind that nobody has waited for.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <unistd.h>

static void attack(void)
{
    for (int i = 0; i < 60; i++)
        if (fork() == 0)
            _exit(0);
}
