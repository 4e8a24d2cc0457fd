// Prints bytes that are no text.
// levels: A B C
// points: 0
// brings: attack
// says: \xff
// says: By hand:
//
#include <stdio.h>

static void attack(void)
{
    printf("\xff\xfe\xc3\x28 and so on\n");
}
