// The critical path of a run.
#include "path.h"
#include "workers.h"
#include <stdbool.h>
#include <stddef.h>

// The worker that ended last among those that had ended by `time`, or NULL.
static const struct worker *last_until(const struct workers *workers, int64_t time)
{
    const struct worker *last = NULL;
    for (int j = 0; j < workers->count; j++)
        if (workers->worker[j].end <= time && (last == NULL || workers->worker[j].end > last->end))
            last = &workers->worker[j];
    return last;
}

static bool works(const struct workers *workers, int32_t pid)
{
    for (int j = 0; j < workers->count; j++)
        if (workers->worker[j].pid == pid)
            return true;
    return false;
}

// The time between the end of one worker of the path (NULL: the begin of the run) and the birth of the
// next (NULL: the end of the run), when it is the caller who is on the path, less what the caller waited
// for a processor in between. Where it is not known when the caller waited, it may have been then.
static int64_t time_between(const struct trace *trace, const struct workers *workers,
                            const struct worker *before, const struct worker *after)
{
    int64_t time =
        (after == NULL ? trace->end : after->born) - (before == NULL ? trace->begin : before->end);
    int64_t waited_before = before == NULL ? 0 : before->caller_waited;
    int64_t waited_after = after == NULL ? trace->waited : after->caller_waited_before;
    int64_t waited = waited_after - waited_before;
    if (waited_before == -1 || waited_after == -1)
        waited = works(workers, trace->pid) ? 0 : trace->waited;
    return waited <= 0 ? time : waited < time ? time - waited : 0;
}

// From the begin of the run to the end of `worker`: back to its birth, and from there to whoever had
// ended last by then, and so on.
static struct path path_to(const struct trace *trace, const struct workers *workers,
                           const struct worker *worker)
{
    struct path path = {0};
    for (int steps = 0; worker != NULL && steps < workers->count; steps++) {
        const struct worker *before = last_until(workers, worker->born);
        path.time += worker->end - worker->born - worker->waited;
        path.time += time_between(trace, workers, before, worker);
        path.cpu += worker->cpu;
        worker = before;
    }
    return path;
}

// The worker that ended last need not be on it: it may have had to wait for a processor.
struct path path_of(const struct trace *trace)
{
    struct path longest = {0};
    const struct workers workers = workers_of(trace);
    for (int j = 0; j < workers.count; j++) {
        const struct path path = path_to(trace, &workers, &workers.worker[j]);
        longest.time = path.time > longest.time ? path.time : longest.time;
        longest.cpu = path.cpu > longest.cpu ? path.cpu : longest.cpu;
    }
    longest.time += time_between(trace, &workers, last_until(&workers, INT64_MAX), NULL);
    return longest;
}
