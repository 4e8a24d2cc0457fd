// A thread writes where nothing is. The whole process is gone.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

// [region crash]
static void *crash(void *nowhere)
{
    *(volatile int *)nowhere = 42;
    return NULL;
}

int main(void)
{
    prctl(PR_SET_DUMPABLE, 0); // we want no core file
    puts("main: starts a thread");
    pthread_t thread;
    int error = pthread_create(&thread, NULL, crash, NULL);
    if (error == 0)
        error = pthread_join(thread, NULL);
    printf("main: goes on (%s)\n", strerror(error));
    return EXIT_SUCCESS;
}
// [endregion crash]
