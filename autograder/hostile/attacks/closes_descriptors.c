// Closes every descriptor, also those that it did not open.
// levels: A B C
// points: 0
// brings: attack
// says: close descriptors that it did not open
//
#include <unistd.h>

static void attack(void)
{
    for (int descriptor = 0; descriptor < 1024; descriptor++)
        close(descriptor);
}
