// Opens descriptors until there are none, and closes none.
// levels: A B C
// points: 0
// brings: attack
// says: open: Too many open files
//
#include <fcntl.h>
#include <stdio.h>

static void attack(void)
{
    while (open("/dev/null", O_RDONLY) != -1)
        ;
    perror("open");
}
