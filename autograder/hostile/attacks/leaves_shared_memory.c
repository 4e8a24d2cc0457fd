// Leaves a named shared memory object behind.
// levels: A C
// points: 0
// brings: attack
// says: {failure}
//
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void attack(void)
{
    int file = shm_open("/hostile-left", O_RDWR | O_CREAT, 0600);
    ftruncate(file, 4096);
}
