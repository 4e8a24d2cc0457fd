// A worker's side: what a worker process does from its start to its end.
#include "initializer.h"
#include "channel.h"
#include "lifetime.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

// A handler or a mask of the parent's means nothing here: nobody would look at the flag that it sets.
static void reset_signals(void)
{
    struct sigaction action = {0};
    sigset_t none;
    sigemptyset(&action.sa_mask);
    for (int number = 1; number < NSIG; number++) {
        // At once: were SIGINT at its default in between, a Ctrl-C at that moment would end the worker.
        action.sa_handler = number == SIGINT ? SIG_IGN : SIG_DFL;
        sigaction(number, &action, NULL); // fails for SIGKILL, SIGSTOP, and two of the C library's own
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL); // last: what has waited until now finds its default action
}

// Returns whether the parent is still there. It may have ended before the kernel was told to watch it.
static bool end_with_parent(const struct crew_worker *worker)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == worker->parent;
}

static int serve_all(const struct crew_worker *worker, const struct worker_service *service,
                     void *command, void *reply)
{
    size_t size;
    int received;
    while ((received = channel_receive(worker->channel, command, service->command_size, &size)) == 1 &&
           size > 0) {
        size_t reply_size = service->serve(service->serve_argument, command, size, reply);
        if (channel_send(worker->channel, reply, reply_size) == -1 || worker->tasks_left == 0)
            return 0;
    }
    return received == -1 ? WORKER_CONFUSED : 0;
}

static int initialize_and_serve(const struct crew_worker *worker, const struct worker_service *service,
                                void *command, void *reply)
{
    int32_t error = 0;
    if (service->initializer != NULL)
        error = service->initializer(service->initializer_argument);
    int told = channel_send(worker->channel, &error, sizeof error);
    if (error != 0)
        return WORKER_UNPREPARED;
    return told == 0 ? serve_all(worker, service, command, reply) : 0;
}

static void *allocate(size_t size)
{
    return malloc(size > 0 ? size : 1); // malloc(0) may give NULL
}

int worker_run(struct crew_worker *worker, const struct worker_service *service)
{
    reset_signals();
    if (!end_with_parent(worker))
        return 0;
    void *command = allocate(service->command_size);
    void *reply = allocate(service->reply_size);
    int status = WORKER_EXHAUSTED;
    if (command != NULL && reply != NULL)
        status = initialize_and_serve(worker, service, command, reply);
    free(command);
    free(reply);
    return status;
}
