// Leaves a named semaphore and shared memory behind.
// levels: A B C
// points: 0
// brings: attack
// says: left: 2
// says: {failure}
//
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void attack(void)
{
    char name[32];
    snprintf(name, sizeof name, "/hostile-%d", (int)getuid()); // the same one again for an ordinary user
    int memory = shm_open(name, O_RDWR | O_CREAT, 0600);
    sem_t *semaphore = sem_open(name, O_CREAT, 0600, 0);
    printf("left: %d\n", (ftruncate(memory, 4096) == 0) + (semaphore != SEM_FAILED));
}
