// Makes a directory 2000 levels deep.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <sys/stat.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    for (int i = 0; i < 2000; i++)
        if (mkdir("deeper", 0700) == -1 || chdir("deeper") == -1)
            break;
    return -1;
}
