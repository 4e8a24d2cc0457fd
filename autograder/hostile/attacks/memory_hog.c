// Takes memory until there is none.
// levels: A B C
// points: 0
// brings: attack
// says: 512 MiB
//
#include <stdlib.h>
#include <string.h>

static void attack(void)
{
    enum { MIB = 1024 * 1024 };
    for (;;)
        memset(malloc(MIB), 1, MIB);
}
