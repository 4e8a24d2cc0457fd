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

// Walks back from the end of the run: from a worker to its birth, and from there to whoever had ended
// last by then. The caller's own waiting counts only in the gaps that no worker of the path covers.
struct path path_of(const struct trace *trace)
{
    struct path path = {0};
    struct workers workers = workers_of(trace);
    const struct worker *worker;
    bool caller_works = false;
    int64_t covered = 0;
    int64_t time = INT64_MAX;
    for (int steps = 0; steps < workers.count && (worker = last_until(&workers, time)) != NULL; steps++) {
        path.waited += worker->waited;
        path.cpu += worker->cpu;
        covered += worker->end - worker->born;
        time = worker->born;
    }
    for (int j = 0; j < workers.count; j++)
        caller_works = caller_works || workers.worker[j].pid == trace->pid;
    int64_t gaps = trace->end - trace->begin - covered;
    if (!caller_works && gaps > 0 && trace->waited > 0)
        path.waited += trace->waited < gaps ? trace->waited : gaps;
    return path;
}
