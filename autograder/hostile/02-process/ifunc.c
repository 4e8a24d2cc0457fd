// Runs code while the program is being loaded: an indirect function.
// levels: A C
// points: 0
// brings: process_start
// says: ifunc
//
#include "process.h"
#include <unistd.h>

static int nothing(void)
{
    return -1;
}

static int (*resolve(void))(void)
{
    _exit(0);
    return nothing;
}

int chosen(void) __attribute__((ifunc("resolve")));

int process_start(struct process *process)
{
    (void)process;
    return chosen();
}
