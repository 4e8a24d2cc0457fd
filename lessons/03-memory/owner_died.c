// A process is killed while it holds a lock. A plain lock stays locked for
// ever; a robust one goes to the next who wants it, with a warning.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static bool make_lock(pthread_mutex_t *lock, int robust)
{
    pthread_mutexattr_t attributes;
    return pthread_mutexattr_init(&attributes) == 0 &&
           pthread_mutexattr_setpshared(&attributes,
                                        PTHREAD_PROCESS_SHARED) == 0 &&
           pthread_mutexattr_setrobust(&attributes, robust) == 0 &&
           pthread_mutex_init(lock, &attributes) == 0 &&
           pthread_mutexattr_destroy(&attributes) == 0;
}

// [region die]
// A child takes the lock and is killed at once. Returns what the next one
// who wants the lock is told.
static int told_after_death(pthread_mutex_t *lock)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (pthread_mutex_lock(lock) == 0)
            raise(SIGKILL);
        _exit(EXIT_FAILURE);
    }
    if (pid == -1 || waitpid(pid, NULL, 0) == -1)
        return -1;
    return pthread_mutex_trylock(lock);
}
// [endregion die]

int main(void)
{
    pthread_mutex_t *locks =
        mmap(NULL, 2 * sizeof *locks, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (locks == MAP_FAILED ||
        !make_lock(&locks[0], PTHREAD_MUTEX_STALLED) ||
        !make_lock(&locks[1], PTHREAD_MUTEX_ROBUST))
        return EXIT_FAILURE;
    int stalled = told_after_death(&locks[0]);
    printf("plain lock:  %s\n", strerror(stalled));
    // [region repair]
    int robust = told_after_death(&locks[1]);
    printf("robust lock: %s\n", strerror(robust));
    if (robust != EOWNERDEAD)
        return EXIT_FAILURE;
    // We hold the lock. Here we put in order what it guards.
    if (pthread_mutex_consistent(&locks[1]) != 0 ||
        pthread_mutex_unlock(&locks[1]) != 0)
        return EXIT_FAILURE;
    int again = pthread_mutex_trylock(&locks[1]);
    printf("repaired:    %s\n", strerror(again));
    // [endregion repair]
    return stalled == EBUSY && again == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
