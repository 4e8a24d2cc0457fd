// Loops for ever in a thread, while the main thread waits for it.
// levels: A C
// points: 0
// brings: process_start
// says: an endless loop
//
#include "process.h"
#include <pthread.h>

static void *compute(void *unused)
{
    while (unused == NULL)
        ;
    return NULL;
}

int process_start(struct process *process)
{
    (void)process;
    pthread_t thread;
    if (pthread_create(&thread, NULL, compute, NULL) == 0)
        pthread_join(thread, NULL);
    return -1;
}
