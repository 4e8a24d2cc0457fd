// A worker's side. The task is in README.md, the contract in initializer.h.
#include "initializer.h"
#include "channel.h"
#include "lifetime.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

int worker_run(struct crew_worker *worker, const struct worker_service *service)
{
    // TODO(learner): signals, parent, initializer, then commands until the end
    (void)worker;
    (void)service;
    errno = ENOSYS;
    return -1;
}
