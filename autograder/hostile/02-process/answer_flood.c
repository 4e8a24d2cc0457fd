// Writes 100 MB where the answer goes.
// levels: A C
// points: 0
// brings: process_start
// says: Its answer cannot be understood
//
#include "process.h"
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    static char block[65536];
    for (int i = 0; i < 1600; i++)
        if (write(3, block, sizeof block) == -1)
            break;
    return -1;
}
