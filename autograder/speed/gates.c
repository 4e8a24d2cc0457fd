// The structural gates: what can be told without a clock.
#include "gates.h"
#include <stdbool.h>

// Records of a run that has happened are in order, and lie within what was seen from outside.
static bool is_possible(const struct trace *trace, const struct trace_outside *outside)
{
    if (trace->version != TRACE_VERSION || trace->items < 1 || trace->items > TRACE_MOST_ITEMS ||
        trace->workers < 1 || trace->end < trace->begin || trace->end - trace->begin > outside->wall)
        return false;
    int64_t cpu = 0;
    for (int i = 0; i < trace->items; i++) {
        const struct trace_item *item = &trace->item[i];
        if (item->runs == 0)
            continue;
        if (item->begin < trace->begin || item->end < item->begin || item->cpu < 0)
            return false;
        cpu += item->cpu;
    }
    // Processor time is counted twice, and rounded; a tenth and 5 ms are allowed for it.
    return trace->meeting || trace->kind == TRACE_WAITING || cpu <= outside->cpu + cpu / 10 + 5000000;
}

static bool are_threads(const struct trace *trace, int *item)
{
    int own = 0;
    for (int i = 0; i < trace->items; i++) {
        *item = i;
        if (trace->item[i].runs > 0 && trace->item[i].pid != trace->item[i].tid)
            return true;
        own += trace->item[i].pid == trace->pid ? trace->item[i].runs : 0;
    }
    *item = -1;
    return trace->own_marks > own; // somebody else has written into this process's memory
}

enum gate gate_failed(const struct trace *trace, const struct trace_outside *outside, int *item)
{
    *item = -1;
    if (!is_possible(trace, outside))
        return GATE_FORGED;
    if (trace->meeting && trace->missed)
        return GATE_RENDEZVOUS;
    if (are_threads(trace, item))
        return GATE_THREADS;
    for (*item = 0; *item < trace->items; (*item)++)
        if (trace->item[*item].runs != 1)
            return GATE_ONCE;
    for (*item = 0; *item < trace->items; (*item)++)
        if (!trace->item[*item].right || trace->item[*item].end > trace->end)
            return GATE_RESULTS;
    for (*item = 0; *item < trace->items; (*item)++)
        if (trace->item[*item].cpus < trace->cpus)
            return GATE_AFFINITY;
    *item = -1;
    return outside->left > 0 || outside->zombies > 0 ? GATE_LEFT : GATE_NONE;
}
