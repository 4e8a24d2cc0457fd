// Does not compile: a semicolon is missing.
// levels: A B C
// points: 0
// brings: attack
// says: {module}.c does not compile
// says: expected
//
#include <unistd.h>

static void attack(void)
{
    getpid() // no semicolon
}
