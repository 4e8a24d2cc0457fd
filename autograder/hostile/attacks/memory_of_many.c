// Takes 400 MiB in each of eight processes, less than each may have, but too much together.
// levels: A B C
// points: 0
// brings: attack
// says: together used more than 1024 MiB
//
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void attack(void)
{
    const size_t size = 400UL * 1024 * 1024;
    alarm(60);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            volatile char *memory = malloc(size);
            for (size_t at = 0; memory != NULL && at < size; at += 4096)
                memory[at] = 1;
            _exit(pause());
        }
    while (wait(NULL) != -1)
        ;
}
