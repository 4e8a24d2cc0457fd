// Takes 400 MiB in each of eight processes, less than each may have, but too much together.
// levels: A C
// points: 0
// brings: process_start
// says: together used more than 1024 MiB
//
#include "process.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
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
    return -1;
}
