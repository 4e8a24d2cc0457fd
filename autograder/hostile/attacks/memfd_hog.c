// Fills files in memory, which no limit of memory counts.
// levels: A B C
// points: 0
// brings: attack
// says: larger than 8 MiB
//
#define _GNU_SOURCE // memfd_create
#include <sys/mman.h>
#include <unistd.h>

static void attack(void)
{
    static char block[65536];
    int file = memfd_create("hog", 0);
    for (int i = 0; i < 6400; i++)
        if (write(file, block, sizeof block) == -1)
            break;
}
