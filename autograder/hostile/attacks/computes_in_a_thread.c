// Loops for ever in a thread, while the main thread waits for it.
// levels: A B C
// points: 0
// brings: attack
// says: an endless loop | had not ended after 10 s
//
#include <pthread.h>

static void *compute(void *unused)
{
    while (unused == NULL)
        ;
    return NULL;
}

static void attack(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, compute, NULL) == 0)
        pthread_join(thread, NULL);
}
