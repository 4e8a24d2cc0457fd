// A process forks while one of its threads holds a lock. The child has a
// copy of the locked lock, and no thread that could unlock it.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct scene {
    pthread_mutex_t lock;
    pthread_barrier_t locked;
    pthread_barrier_t forked;
};

// [region thread]
static void *hold(void *argument)
{
    struct scene *scene = argument;
    pthread_mutex_lock(&scene->lock);
    pthread_barrier_wait(&scene->locked); // now main forks
    pthread_barrier_wait(&scene->forked);
    pthread_mutex_unlock(&scene->lock); // in the parent's memory
    return NULL;
}
// [endregion thread]

int main(void)
{
    struct scene scene = {.lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t thread;
    int ends[2]; // brings what the child is told
    if (pthread_barrier_init(&scene.locked, NULL, 2) != 0 ||
        pthread_barrier_init(&scene.forked, NULL, 2) != 0 ||
        pthread_create(&thread, NULL, hold, &scene) != 0 || pipe(ends) != 0)
        return EXIT_FAILURE;
    // [region fork]
    pthread_barrier_wait(&scene.locked);
    pid_t pid = fork();
    if (pid == 0) {
        int told = pthread_mutex_trylock(&scene.lock);
        _exit(write(ends[1], &told, sizeof told) == sizeof told ? 0 : 1);
    }
    pthread_barrier_wait(&scene.forked);
    // [endregion fork]
    int in_child = 0;
    if (pid == -1 || waitpid(pid, NULL, 0) == -1 ||
        read(ends[0], &in_child, sizeof in_child) != sizeof in_child ||
        pthread_join(thread, NULL) != 0)
        return EXIT_FAILURE;
    int in_parent = pthread_mutex_trylock(&scene.lock);
    printf("parent: %s\n", strerror(in_parent));
    printf("child:  %s\n", strerror(in_child));
    return in_parent == 0 && in_child == EBUSY ? EXIT_SUCCESS
                                               : EXIT_FAILURE;
}
