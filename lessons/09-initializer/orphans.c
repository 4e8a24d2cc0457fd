// A parent is killed in the middle of its worker's task. And the worker?
#include "steps.h"
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct scene {
    bool closes, watches;
    struct gate commands, ready, task;
};

// [region worker]
static void work(const struct scene *scene)
{
    char command;
    if (scene->closes)
        close(scene->commands.ends[1]); // it is the parent's
    if (scene->watches)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    send_number(scene->ready.ends[1], getpid());
    await(&scene->task); // in the middle of a task
    while (read(scene->commands.ends[0], &command, 1) == 1)
        continue; // another task
    _exit(0);
}
// [endregion worker]

static int fate_of_worker(bool closes, bool watches)
{
    struct scene scene = {closes, watches, make_gate(), make_gate(),
                          make_gate()};
    pid_t parent = fork();
    if (parent == -1)
        return -1;
    if (parent == 0 && fork() == 0)
        work(&scene);
    while (parent == 0)
        pause();
    // [region kill]
    int status;
    pid_t worker = receive_number(scene.ready.ends[0]);
    close(scene.commands.ends[1]);
    if (kill(parent, SIGKILL) == -1 || waitpid(parent, NULL, 0) == -1)
        exit(EXIT_FAILURE);
    if (watches && waitpid(worker, &status, 0) == worker)
        return printf("ended by signal %d\n", WTERMSIG(status));
    if (waitpid(worker, NULL, WNOHANG) != 0) // it has not ended
        return -1;
    tell(&scene.task); // and when its task is done?
    if (closes && waitpid(worker, &status, 0) == worker && status == 0)
        return printf("goes on with its task, then ends\n");
    struct pollfd end = {.fd = scene.commands.ends[0]};
    if (poll(&end, 1, 0) == 0) // no POLLHUP: its commands have no end
        printf("goes on with its task, then waits for ever\n");
    return kill(worker, SIGKILL) == 0 ? waitpid(worker, NULL, 0) : -1;
    // [endregion kill]
}

int main(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1); // orphans come to this process
    printf("no arrangement: ");
    int forgotten = fate_of_worker(false, false);
    printf("end of the commands: ");
    int ends = fate_of_worker(true, false);
    printf("PR_SET_PDEATHSIG: ");
    int watched = fate_of_worker(false, true);
    return forgotten > 0 && ends > 0 && watched > 0 ? EXIT_SUCCESS
                                                    : EXIT_FAILURE;
}
