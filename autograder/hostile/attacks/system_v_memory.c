// Makes a System V shared memory segment that would outlive it.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <sys/ipc.h>
#include <sys/shm.h>

static void attack(void)
{
    return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) == -1 ? -1 : 0;
}
