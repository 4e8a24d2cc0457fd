// Blocks every signal and waits for one.
// levels: A C
// points: 0
// brings: process_start
// says: It was stuck
//
#include "process.h"
#include <signal.h>
#include <unistd.h>

int process_start(struct process *process)
{
    (void)process;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;)
        pause();
}
