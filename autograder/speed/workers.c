// The workers of a run: its items, put together by the process that did them.
#include "workers.h"

static int find(const struct workers *workers, int32_t pid)
{
    int i = 0;
    while (i < workers->count && workers->worker[i].pid != pid)
        i++;
    return i;
}

static int64_t max(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void add(struct worker *worker, const struct trace_item *item)
{
    if (worker->items == 0 || item->begin < worker->begin) {
        worker->begin = item->begin;
        worker->born = item->begin - max(item->waited_before, 0);
        worker->caller_waited_before = item->caller_waited_before;
    }
    if (worker->items == 0 || item->end > worker->end) {
        worker->end = item->end;
        worker->caller_waited = item->caller_waited;
    }
    worker->items += item->runs;
    worker->cpu += item->cpu;
    worker->waited = max(worker->waited, item->waited);
}

static void sort(struct workers *workers)
{
    for (int i = 1; i < workers->count; i++)
        for (int j = i; j > 0 && workers->worker[j].begin < workers->worker[j - 1].begin; j--) {
            struct worker later = workers->worker[j - 1];
            workers->worker[j - 1] = workers->worker[j];
            workers->worker[j] = later;
        }
}

struct workers workers_of(const struct trace *trace)
{
    struct workers workers = {.count = 0};
    for (int i = 0; i < trace->items; i++) {
        if (trace->item[i].runs == 0)
            continue;
        int j = find(&workers, trace->item[i].pid);
        if (j == workers.count) {
            workers.count++;
            workers.worker[j].pid = trace->item[i].pid;
        }
        add(&workers.worker[j], &trace->item[i]);
    }
    for (int j = 0; j < workers.count; j++)
        if (workers.worker[j].pid == trace->pid || workers.worker[j].born < trace->begin)
            workers.worker[j].born = trace->begin;
    sort(&workers);
    return workers;
}
