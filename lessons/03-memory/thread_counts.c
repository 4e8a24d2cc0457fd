// A second thread counts to 1000. The first one sees all of it.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// [region count]
static void *add_1000(void *argument)
{
    int *count = argument;
    for (int i = 0; i < 1000; i++)
        (*count)++;
    return NULL;
}

int main(void)
{
    int count = 0;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, add_1000, &count);
    if (error == 0)
        error = pthread_join(thread, NULL);
    if (error != 0) {
        fprintf(stderr, "thread: %s\n", strerror(error));
        return EXIT_FAILURE;
    }
    printf("main: count is %d\n", count);
    // [endregion count]
    return count == 1000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
