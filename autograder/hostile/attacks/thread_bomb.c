// Starts threads without an end.
// levels: A B C
// points: 0
// brings: attack
// says: EAGAIN
//
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static void *rest(void *unused)
{
    (void)unused;
    pause();
    return NULL;
}

static void attack(void)
{
    pthread_t thread;
    do
        errno = pthread_create(&thread, NULL, rest, NULL);
    while (errno == 0);
}
