// Takes memory until there is none.
// levels: A C
// points: 0
// brings: process_start
// says: 512 MiB
//
#include "process.h"
#include <stdlib.h>
#include <string.h>

int process_start(struct process *process)
{
    (void)process;
    enum { MIB = 1024 * 1024 };
    for (;;)
        memset(malloc(MIB), 1, MIB);
}
