// Writes a file without an end into the current directory.
// levels: A C
// points: 0
// brings: process_start
// says: larger than 8 MiB
//
#include "process.h"
#include <stdio.h>

int process_start(struct process *process)
{
    (void)process;
    static char block[65536];
    FILE *file = fopen("filler", "w");
    for (int i = 0; file != NULL && i < 10000; i++)
        fwrite(block, sizeof block, 1, file);
    return -1;
}
