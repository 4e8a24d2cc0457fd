// Reads the system's password file.
// levels: A C
// points: 0
// brings: process_start
// says A: password file: No such file
// says C: password file: Permission denied
//
#include "process.h"
#include <fcntl.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    tell("password file", open("/etc/shadow", O_RDONLY));
    return -1;
}
