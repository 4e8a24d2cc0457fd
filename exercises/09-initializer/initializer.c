// A worker's side: what a worker process does from its start to its end.
#include "initializer.h"
#include "channel.h"
#include "lifetime.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

// A handler or a mask of the parent's means nothing here: nobody would look at the flag that it sets.
static void reset_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigemptyset(&action.sa_mask);
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &action,
                  NULL); // fails for SIGKILL and SIGSTOP, and for two of the C library's own
    action.sa_handler = SIG_IGN;
    sigaction(SIGINT, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL); // last: what was blocked until now finds its default action
}

// Returns whether the parent is still there. It may have ended before the kernel was told to watch it.
static bool end_with_parent(const struct crew_worker *worker)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return getppid() == worker->parent;
}

// Returns whether the worker is ready; tells the parent in any case.
static bool initialize(const struct crew_worker *worker, const struct worker_service *service)
{
    int32_t error =
        service->initializer == NULL ? 0 : service->initializer(service->initializer_argument);
    channel_send(worker->channel, &error,
                 sizeof error); // if the parent has gone, the next receive says so
    return error == 0;
}

static int serve_all(struct crew_worker *worker, const struct worker_service *service, void *command,
                     void *reply)
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

int worker_run(struct crew_worker *worker, const struct worker_service *service)
{
    reset_signals();
    if (!end_with_parent(worker))
        return 0;
    void *command = malloc(service->command_size > 0 ? service->command_size : 1);
    void *reply = malloc(service->reply_size > 0 ? service->reply_size : 1);
    int status = WORKER_EXHAUSTED;
    if (command != NULL && reply != NULL)
        status =
            initialize(worker, service) ? serve_all(worker, service, command, reply) : WORKER_UNPREPARED;
    free(command);
    free(reply);
    return status;
}
