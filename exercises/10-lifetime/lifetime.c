// A crew of worker processes. The task is in README.md, the contract in lifetime.h.
#include "lifetime.h"
#include "channel.h"
#include "memory.h"
#include "process.h"
#include <errno.h>
#include <stdlib.h>

// What outlives a worker: in memory that it shares with the parent.
struct crew_record {
    int64_t tasks; // that the worker has done
};

struct seat {
    struct process *process; // NULL: the seat is empty
    struct channel *channel; // to the worker in it
};

struct crew {
    struct crew_options options;
    struct crew_record *records; // one for each seat
    struct seat seats[];
};

struct crew *crew_create(const struct crew_options *options)
{
    // TODO(learner): refuse wrong numbers; allocate a crew; unless it is to begin empty, make a channel
    // and start a process for each seat
    (void)options;
    errno = ENOSYS;
    return NULL;
}

pid_t crew_pid(const struct crew *crew, int seat)
{
    // TODO(learner): the pid of the worker in this seat, 0 if nobody is there
    (void)crew;
    (void)seat;
    return 0;
}

int crew_send(struct crew *crew, int seat, const void *message, size_t size)
{
    // TODO(learner): send on the parent's end of that worker's channel
    (void)crew;
    (void)seat;
    (void)message;
    (void)size;
    errno = ENOSYS;
    return -1;
}

int crew_wait(struct crew *crew, int timeout_ms, struct crew_event *event)
{
    // TODO(learner): wait for all channels and all ends at once, and tell what came first
    (void)crew;
    (void)timeout_ms;
    (void)event;
    errno = ENOSYS;
    return -1;
}

int crew_replace(struct crew *crew, int seat)
{
    // TODO(learner): start a worker in an empty seat
    (void)crew;
    (void)seat;
    errno = ENOSYS;
    return -1;
}

bool crew_task_done(struct crew_worker *worker)
{
    // TODO(learner): count the task where the parent sees it, and down in the worker
    (void)worker;
    return false;
}

void crew_dismiss(struct crew *crew)
{
    // TODO(learner): end all channels
    (void)crew;
}

int crew_stop(struct crew *crew, int patience_ms)
{
    // TODO(learner): dismiss, wait, SIGTERM, wait, SIGKILL; leave all seats empty
    (void)crew;
    (void)patience_ms;
    errno = ENOSYS;
    return -1;
}

void crew_release(struct crew *crew)
{
    // TODO(learner): stop without patience, free everything
    (void)crew;
}
