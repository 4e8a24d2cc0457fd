// Starts twelve children that compute for ever, and waits for them.
// levels: A C
// points: 0
// brings: process_start
// says: had not ended after 10 s
//
#include "process.h"
#include <sys/wait.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    alarm(60);
    for (int i = 0; i < 12; i++)
        if (fork() == 0) {
            alarm(60);
            for (;;)
                ;
        }
    while (wait(NULL) != -1)
        ;
    return -1;
}
