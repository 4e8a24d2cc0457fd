// PR_SET_PDEATHSIG goes by the thread that has called fork(): when that
// thread ends, the worker is killed, although its parent process lives on.
#include "steps.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct scene {
    struct gate ready, gate;
    pid_t worker;
};

// [region thread]
static void *start_worker(void *argument)
{
    struct scene *scene = argument;
    scene->worker = fork();
    if (scene->worker == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        tell(&scene->ready);
        await(&scene->gate); // its work
        _exit(0);
    }
    if (scene->worker != -1)
        await(&scene->ready);
    return NULL; // the thread ends
}
// [endregion thread]

int main(void)
{
    struct scene scene = {make_gate(), make_gate(), 0};
    pthread_t thread;
    // [region main]
    if (pthread_create(&thread, NULL, start_worker, &scene) != 0)
        return EXIT_FAILURE;
    pthread_join(thread, NULL);
    int status;
    if (waitpid(scene.worker, &status, 0) == -1)
        return EXIT_FAILURE;
    printf("this process lives; its worker was ended by signal %d\n",
           WTERMSIG(status));
    // [endregion main]
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
