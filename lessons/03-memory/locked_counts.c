// Two processes count in one shared counter, each with the lock in its
// hand.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// [region lock]
struct tally {
    pthread_mutex_t lock;
    int count; // guarded by lock
};

// Returns 0 or an error number, like all functions of pthreads(7).
static int make_lock(pthread_mutex_t *lock)
{
    pthread_mutexattr_t attributes;
    int error = pthread_mutexattr_init(&attributes);
    if (error != 0)
        return error;
    error =
        pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    if (error == 0)
        error = pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    return error;
}
// [endregion lock]

// [region count]
static int add_100000(struct tally *tally)
{
    int error = 0;
    for (int i = 0; i < 100000 && error == 0; i++) {
        error = pthread_mutex_lock(&tally->lock);
        if (error == 0) {
            tally->count = tally->count + 1;
            error = pthread_mutex_unlock(&tally->lock);
        }
    }
    return error;
}
// [endregion count]

int main(void)
{
    struct tally *tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int error = tally == MAP_FAILED ? ENOMEM : make_lock(&tally->lock);
    for (int i = 0; i < 2 && error == 0; i++) {
        pid_t pid = fork();
        if (pid == -1)
            error = errno;
        if (pid == 0)
            _exit(add_100000(tally));
    }
    while (wait(NULL) > 0)
        continue;
    if (error != 0) {
        fprintf(stderr, "locked_counts: %s\n", strerror(error));
        return EXIT_FAILURE;
    }
    printf("added 200000 times, the counter says %d\n", tally->count);
    return tally->count == 200000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
