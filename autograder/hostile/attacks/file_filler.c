// Writes a file without an end into the current directory.
// levels: A B C
// points: 0
// brings: attack
// says: larger than 8 MiB
//
#include <stdio.h>

static void attack(void)
{
    static char block[65536];
    FILE *file = fopen("filler", "w");
    for (int i = 0; file != NULL && i < 10000; i++)
        fwrite(block, sizeof block, 1, file);
}
