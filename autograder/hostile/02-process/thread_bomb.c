// Starts threads without an end.
// levels: A C
// points: 0
// brings: process_start
// says: EAGAIN
//
#include "process.h"
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static void *rest(void *unused)
{
    (void)unused;
    pause();
    return NULL;
}

int process_start(struct process *process)
{
    (void)process;
    pthread_t thread;
    do
        errno = pthread_create(&thread, NULL, rest, NULL);
    while (errno == 0);
    return -1;
}
