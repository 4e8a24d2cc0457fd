// Leaves a directory behind that nobody may enter, with a file in it.
// levels: A C
// points: 0
// brings: process_start
// says: process_start() gave -1
//
#include "process.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    mkdir("locked", 0700);
    close(open("locked/file", O_WRONLY | O_CREAT, 0600));
    chmod("locked", 0);
    return -1;
}
