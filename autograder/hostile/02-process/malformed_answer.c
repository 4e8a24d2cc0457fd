// Sends an answer with sizes that are no sizes.
// levels: A C
// points: 0
// brings: process_start
// says: Its answer cannot be understood
//
#include "process.h"
#include <stdio.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    dprintf(3, "create 18446744073709551615\n0\nstart -1\n \n\n 9\nend\nend 99999999999999999999\n");
    _exit(0);
}
