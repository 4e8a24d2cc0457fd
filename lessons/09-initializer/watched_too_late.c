// A worker that asks for the signal when its parent has already gone: none
// will come. But it can see that it has another parent now.
#include "steps.h"
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

// [region worker]
static void work(pid_t parent, const struct gate *gate)
{
    await(gate); // a worker that gets a CPU late
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    printf("the worker lives\n");
    if (getppid() != parent)
        printf("getppid() is not the one that started it: it leaves\n");
    fflush(stdout);
    _exit(getppid() != parent ? 0 : EXIT_FAILURE);
}
// [endregion worker]

int main(void)
{
    struct gate gate = make_gate(), told = make_gate();
    prctl(PR_SET_CHILD_SUBREAPER, 1); // the orphan comes to this process
    pid_t parent = fork();
    if (parent == 0) {
        pid_t self = getpid(); // before the fork: then it is certain
        pid_t worker = fork();
        if (worker == 0)
            work(self, &gate);
        send_number(told.ends[1], worker);
        _exit(0);
    }
    pid_t worker = receive_number(told.ends[0]);
    if (parent == -1 || worker == -1 || waitpid(parent, NULL, 0) == -1)
        return EXIT_FAILURE;
    tell(&gate); // the parent has ended: now
    int status;
    if (waitpid(worker, &status, 0) == -1)
        return EXIT_FAILURE;
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
