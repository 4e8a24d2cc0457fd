// Fills 400 MiB of shared memory in each of eight processes.
// levels: A B C
// points: 0
// brings: attack
// says: together used more than 1024 MiB
//
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void attack(void)
{
    const size_t size = 400UL * 1024 * 1024;
    alarm(60);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            if (memory != MAP_FAILED)
                memset(memory, 1, size);
            _exit(pause());
        }
    while (wait(NULL) != -1)
        ;
}
