// Traces for tests of the speed rule.
#include "trace_support.h"
#include "support.h"
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ITEMS = 16, ITEM_CPU = 4 * MS };

struct recorded nothing_done(void)
{
    struct recorded recorded = {.sequential = ITEMS * (int64_t)ITEM_CPU};
    recorded.trace = (struct trace){.version = TRACE_VERSION,
                                    .kind = TRACE_COMPUTING,
                                    .items = ITEMS,
                                    .workers = 2,
                                    .pid = CALLER,
                                    .cpus = 2,
                                    .begin = 1000 * (int64_t)MS,
                                    .end = 1000 * (int64_t)MS,
                                    .cpu_before = 2 * MS};
    recorded.outside = (struct trace_outside){.wall = 5 * MS, .cpu = 3 * MS, .processes = 3};
    return recorded;
}

// What the same worker had waited until now.
static int64_t waited_by(const struct trace *trace, int pid)
{
    int64_t waited = 0;
    for (int i = 0; i < trace->items; i++)
        if (trace->item[i].pid == pid && trace->item[i].waited > waited)
            waited = trace->item[i].waited;
    return waited;
}

void do_item(struct recorded *recorded, int number, int pid, double begin_ms, double end_ms)
{
    struct trace *trace = &recorded->trace;
    struct trace_item *item = &trace->item[number];
    int64_t before = waited_by(trace, pid);
    int64_t took = (int64_t)((end_ms - begin_ms) * MS);
    *item = (struct trace_item){.pid = pid,
                                .tid = pid,
                                .runs = item->runs + 1,
                                .cpus = 2,
                                .begin = trace->begin + (int64_t)(begin_ms * MS),
                                .end = trace->begin + (int64_t)(end_ms * MS),
                                .cpu = ITEM_CPU,
                                .waited_before = before,
                                .waited = before + took - ITEM_CPU,
                                .right = 1};
    if (item->end > trace->end) {
        recorded->outside.wall += item->end - trace->end;
        trace->end = item->end;
    }
    trace->own_marks += pid == trace->pid;
    recorded->outside.cpu += ITEM_CPU;
}

struct recorded evenly_done(void)
{
    struct recorded recorded = nothing_done();
    for (int i = 0; i < ITEMS; i++)
        do_item(&recorded, i, FIRST_WORKER + i % 2, i / 2 * 4, i / 2 * 4 + 4);
    return recorded;
}

// A line for the run and one for each item, in the order of the fields.
struct recorded read_recorded(const char *name)
{
    struct recorded recorded = {.trace = {.version = TRACE_VERSION}};
    struct trace *trace = &recorded.trace;
    struct trace_outside *outside = &recorded.outside;
    FILE *file = fopen(in_workbook(text_of("autograder/tests/traces/%s", name)), "re");
    cr_assert(file != NULL, "there is no recorded trace %s", name);
    int fields = fscanf(file,
                        "%" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd64
                        " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64
                        " %" SCNd64 " %" SCNd32 " %" SCNd32 " %" SCNd64,
                        &trace->kind, &trace->items, &trace->workers, &trace->pid, &trace->cpus,
                        &trace->own_marks, &trace->begin, &trace->end, &trace->cpu_before, &trace->cpu,
                        &trace->waited, &outside->wall, &outside->waited, &outside->cpu, &outside->left,
                        &outside->zombies, &recorded.sequential);
    cr_assert(fields == 17 && trace->items <= TRACE_MOST_ITEMS, "%s: its first line is wrong", name);
    for (int i = 0; i < trace->items; i++) {
        struct trace_item *item = &trace->item[i];
        fields = fscanf(file,
                        "%" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd64 " %" SCNd64 " %" SCNd64
                        " %" SCNd64 " %" SCNd64 " %" SCNd32,
                        &item->pid, &item->tid, &item->runs, &item->cpus, &item->begin, &item->end,
                        &item->cpu, &item->waited_before, &item->waited, &item->right);
        cr_assert(fields == 10, "%s: the line of item %d is wrong", name, i);
        item->caller_waited_before = item->caller_waited = -1; // not recorded
    }
    fclose(file);
    return recorded;
}
