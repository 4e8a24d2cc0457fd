// What the workers of this lesson's programs have in common.
#pragma once
#include "channel.h"
#include "lifetime.h"
#include <signal.h>
#include <stdbool.h>

// [region next_task]
// Waits for the next task. Returns false at the end of the channel.
static inline bool next_task(struct crew_worker *worker, void *task,
                             size_t size)
{
    size_t got;
    return channel_receive(worker->channel, task, size, &got) == 1 &&
           got == size;
}
// [endregion next_task]

// [region square_all]
static inline int square_all(struct crew_worker *worker, void *argument)
{
    int number;
    (void)argument;
    while (next_task(worker, &number, sizeof number)) {
        if (number == 2)
            raise(SIGKILL);
        number *= number;
        if (channel_send(worker->channel, &number, sizeof number) == -1)
            break;
    }
    return 0;
}
// [endregion square_all]
