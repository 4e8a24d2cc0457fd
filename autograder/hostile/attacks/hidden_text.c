// Has a comment that hides code: its characters change the direction of the text.
// levels: A B C
// points: 0
// brings: attack
// says: The compiler warns
// says: bidirectional
//
#include <unistd.h>

static void attack(void)
{
    /* ‮ } ⁦ begins here */ getpid();
}
