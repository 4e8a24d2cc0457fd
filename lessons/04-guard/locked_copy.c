// fork() while another thread holds a lock: in the child it stays locked,
// and its owner does not exist.
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct scene {
    pthread_mutex_t mutex;
    int locked[2]; // the thread writes a byte when it holds both locks
    int gate[2];   // and keeps them until this one is closed
};

// [region holder]
static void *hold(void *argument)
{
    struct scene *scene = argument;
    char byte;
    pthread_mutex_lock(&scene->mutex);
    flockfile(stderr);
    if (write(scene->locked[1], "!", 1) != 1 ||
        read(scene->gate[0], &byte, 1) != 0)
        abort();
    funlockfile(stderr);
    pthread_mutex_unlock(&scene->mutex);
    return NULL;
}
// [endregion holder]

int main(void)
{
    struct scene scene = {.mutex = PTHREAD_MUTEX_INITIALIZER};
    pthread_t thread;
    char byte;
    if (pipe(scene.locked) == -1 || pipe(scene.gate) == -1 ||
        pthread_create(&thread, NULL, hold, &scene) != 0 ||
        read(scene.locked[0], &byte, 1) != 1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    // [region fork]
    pid_t pid = fork(); // while the other thread holds both locks
    if (pid == 0) {
        // More than the child of a program with threads may do: we look.
        int own = pthread_mutex_trylock(&scene.mutex);
        int stdio = ftrylockfile(stderr);
        _exit(own == EBUSY && stdio == 0 ? 1 : 0);
    }
    // [endregion fork]
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    close(scene.gate[1]); // only now may the thread let go
    if (pthread_join(thread, NULL) != 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 1)
        return EXIT_FAILURE;
    puts("in the child: our mutex is locked, stdio's lock is free");
    if (pthread_mutex_trylock(&scene.mutex) != 0)
        return EXIT_FAILURE;
    puts("in the parent, a moment later: our mutex is free");
    return EXIT_SUCCESS;
}
