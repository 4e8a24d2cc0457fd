// Makes 5000 empty files in the current directory.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    for (int i = 0; i < 5000; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        close(open(name, O_WRONLY | O_CREAT, 0600));
    }
    return -1;
}
