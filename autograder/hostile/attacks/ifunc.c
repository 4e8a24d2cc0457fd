// Runs code while the program is being loaded: an indirect function.
// levels: A B C
// points: 0
// brings: attack
// says: ifunc
//
#include <unistd.h>

static void nothing(void)
{
}

static void (*resolve(void))(void)
{
    _exit(0);
    return nothing;
}

void chosen(void) __attribute__((ifunc("resolve")));

static void attack(void)
{
    chosen();
}
