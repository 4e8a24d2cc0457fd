// A lock in shared memory that was not made for processes: the child waits
// for it, the parent gives it back, and nobody wakes the child.
#include "state.h"
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static bool make_lock(pthread_mutex_t *lock, int pshared)
{
    pthread_mutexattr_t attributes;
    return pthread_mutexattr_init(&attributes) == 0 &&
           pthread_mutexattr_setpshared(&attributes, pshared) == 0 &&
           pthread_mutex_init(lock, &attributes) == 0 &&
           pthread_mutexattr_destroy(&attributes) == 0;
}

// The child's side: takes the lock and says so.
static void take(pthread_mutex_t *lock, int said)
{
    _exit(pthread_mutex_lock(lock) == 0 && write(said, "!", 1) == 1 ? 0
                                                                    : 1);
}

// Does the child get the lock when the parent unlocks it? 1, 0, or -1.
static int gets_lock(pthread_mutex_t *lock, int patience_ms)
{
    int said[2];
    if (pthread_mutex_lock(lock) != 0 || pipe(said) == -1)
        return -1;
    // [region wait]
    pid_t pid = fork();
    if (pid == 0)
        take(lock, said[1]);
    while (pid != -1 && state_of(pid) != 'S')
        sched_yield(); // until the child sleeps, waiting for the lock
    struct pollfd has_lock = {.fd = said[0], .events = POLLIN};
    if (pid == -1 || pthread_mutex_unlock(lock) != 0)
        return -1;
    int answer = poll(&has_lock, 1, patience_ms);
    // [endregion wait]
    if (kill(pid, SIGKILL) == -1 || waitpid(pid, NULL, 0) == -1)
        return -1;
    close(said[0]);
    close(said[1]);
    return answer;
}

int main(void)
{
    pthread_mutex_t *locks =
        mmap(NULL, 2 * sizeof *locks, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (locks == MAP_FAILED ||
        !make_lock(&locks[0], PTHREAD_PROCESS_PRIVATE) ||
        !make_lock(&locks[1], PTHREAD_PROCESS_SHARED))
        return EXIT_FAILURE;
    int private = gets_lock(&locks[0], 500);
    printf("private lock: unlocked, the child %s\n",
           private == 0 ? "still waits" : "has it");
    int shared = gets_lock(&locks[1], -1);
    printf("shared lock:  unlocked, the child %s\n",
           shared == 1 ? "has it" : "still waits");
    return private == 0 && shared == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
