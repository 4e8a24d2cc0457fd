// What was measured, in words for the learner.
#include "words.h"
#include "workers.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static void add(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list values;
    va_start(values, format);
    vsnprintf(text + used, size - used, format, values);
    va_end(values);
}

static double ms(int64_t nanoseconds)
{
    return (double)nanoseconds / 1e6;
}

// "Process 12 did 5 items, process 13 did 3."
static void words_of_shares(const struct trace *trace, char *text, size_t size)
{
    const struct workers workers = workers_of(trace);
    for (int j = 0; j < workers.count && j < 8; j++)
        add(text, size, "%s process %d%s did %d", j == 0 ? "" : ",", (int)workers.worker[j].pid,
            workers.worker[j].pid == trace->pid ? " (the caller)" : "", workers.worker[j].items);
    add(text, size, "%s of %d items.", workers.count > 8 ? ", ..." : "", trace->items);
}

void words_of_gate(enum gate gate, const struct trace *trace, const struct trace_outside *outside,
                   int item, char *text, size_t size)
{
    text[0] = '\0';
    switch (gate) {
    case GATE_NONE:
        break;
    case GATE_FORGED:
        add(text, size,
            "What was recorded inside the program (%.0f ms, %.0f ms of processor time until then) does "
            "not "
            "agree with what was seen from outside (%.0f ms, %.0f ms of processor time). Is SIGCHLD "
            "ignored, or are children never waited for?",
            ms(trace->end - trace->begin), ms(trace->cpu + trace->cpu_before), ms(outside->wall),
            ms(outside->cpu));
        break;
    case GATE_RENDEZVOUS:
        add(text, size,
            "Each item waited until %d items were under way at the same time, and that never happened: "
            "there were %d at most. What ran:",
            trace->workers < trace->items ? trace->workers : trace->items, trace->most_in_flight);
        words_of_shares(trace, text, size);
        add(text, size, " Start all workers before you wait for any of them, and give each its share.");
        break;
    case GATE_THREADS:
        if (item >= 0)
            add(text, size,
                "Item %d was done by a thread of process %d, not by a process of its own. Here the "
                "workers "
                "have to be processes.",
                item, (int)trace->item[item].pid);
        else
            add(text, size,
                "The workers write into the caller's own memory: they are threads in disguise. Here they "
                "have to be processes, with memory of their own.");
        break;
    case GATE_ONCE:
        add(text, size, "Item %d was done %d times, expected once.", item, (int)trace->item[item].runs);
        break;
    case GATE_RESULTS:
        add(text, size, "The result of item %d is %s.", item,
            trace->item[item].end > trace->end
                ? "missing: the function returned before the item was done"
                : "wrong or missing: it is not what the item's function had returned");
        break;
    case GATE_LEFT:
        if (outside->left > 0)
            add(text, size, "%d processes were still running at the end. ", (int)outside->left);
        if (outside->zombies > 0)
            add(text, size, "%d children had ended, and nobody had waited for them. ",
                (int)outside->zombies);
        add(text, size, "Whoever starts a process waits for it.");
        break;
    case GATE_AFFINITY:
        add(text, size,
            "The worker of item %d was kept on %d processor%s, where %d can be used: "
            "sched_setaffinity(2).",
            item, (int)trace->item[item].cpus, trace->item[item].cpus == 1 ? "" : "s", (int)trace->cpus);
        break;
    }
}

// How long a worker did an item, from the begin to the end of the run.
static int64_t busy(const struct trace *trace, int32_t pid)
{
    int64_t sum = 0;
    for (int i = 0; i < trace->items; i++)
        if (trace->item[i].pid == pid)
            sum += trace->item[i].end - trace->item[i].begin;
    return sum;
}

// The items that others did after `pid` had ended its last one: "items 12 to 15 waited for worker 1".
static void words_of_waiting_items(const struct trace *trace, const struct workers *workers, int idle,
                                   char *text, size_t size)
{
    int first = -1, last = -1, who = -1;
    for (int i = 0; i < trace->items; i++) {
        if (trace->item[i].begin < workers->worker[idle].end)
            continue;
        first = first == -1 ? i : first;
        last = i;
        for (int j = 0; j < workers->count; j++)
            who = workers->worker[j].pid == trace->item[i].pid ? j : who;
    }
    if (first == -1)
        return;
    if (first == last)
        add(text, size, ": item %d waited for worker %d", first, who + 1);
    else
        add(text, size, ": items %d to %d waited for worker %d", first, last, who + 1);
}

static void words_of_idleness(const struct trace *trace, char *text, size_t size)
{
    const struct workers workers = workers_of(trace);
    int64_t wall = trace->end - trace->begin;
    int idle = -1;
    for (int j = 0; j < workers.count; j++)
        if (idle == -1 || busy(trace, workers.worker[j].pid) < busy(trace, workers.worker[idle].pid))
            idle = j;
    if (idle == -1 || wall <= 0)
        return;
    double share = 1 - (double)busy(trace, workers.worker[idle].pid) / (double)wall;
    if (share < 0.15)
        return;
    add(text, size, " In its best run, worker %d did nothing for %.0f %% of the time", idle + 1,
        100 * share);
    words_of_waiting_items(trace, &workers, idle, text, size);
    add(text, size, ".");
}

static void words_of_floor(const struct trace *trace, const struct timing *timing, char *text,
                           size_t size)
{
    switch (timing->decided) {
    case FLOOR_OVERLAP:
        add(text, size,
            " On average %.1f items were under way at once: do the workers wait for each other, for "
            "example for a lock that is held while an item is done?",
            timing->in_flight);
        break;
    case FLOOR_PROGRAM:
        add(text, size,
            " All processes together used %.1f times the processor time of the items themselves: is "
            "there "
            "a loop that waits by asking again and again, or work that is done twice?",
            (double)timing->floors[FLOOR_PROGRAM] * trace->workers / (double)timing->work);
        break;
    case FLOOR_CALLER:
        add(text, size,
            " The caller itself computed for %.0f ms while its workers waited, or they while it did.",
            ms(trace->cpu));
        break;
    case FLOOR_BUSIEST:
    case FLOOR_ITEMS:
    case FLOOR_PATH:
        add(text, size, " The work was not shared evenly:");
        words_of_shares(trace, text, size);
        break;
    default:
        break;
    }
}

static void words_of_lone_hits(const struct rule *rule, char *text, size_t size)
{
    int times = 0;
    for (int i = 0; i < RULE_REFERENCES; i++)
        times += rule->lone_hits[i];
    add(text, size,
        "%d times the machine let a reference program reach %.2fx or more beside yours, while yours "
        "reached %.2fx at most; %.1fx was expected. (Noise only ever makes you slower, so one good run "
        "would have been proof. Time in which your processes were ready but other programs had the "
        "processor is not charged to you.)",
        times, 1.1 * rule->target, rule->best, rule->target);
}

void words_of_slowness(const struct rule *rule, const struct trace *best, const struct timing *timing,
                       char *text, size_t size)
{
    text[0] = '\0';
    if (rule->hopeless >= RULE_HOPELESS)
        add(text, size,
            "It reached %.2fx at most, and %.1fx was expected. The processor time of its processes alone "
            "allows no more than %.2fx, whatever else the machine does.",
            rule->best, rule->target, rule->most);
    else
        words_of_lone_hits(rule, text, size);
    words_of_floor(best, timing, text, size);
    // Whoever waits for a processor is not idle, and extra work is not either.
    if (timing->waited < timing->wall / 5 && timing->decided != FLOOR_PROGRAM)
        words_of_idleness(best, text, size);
}
void words_of_timing(const struct timing *timing, int64_t sequential, char *text, size_t size)
{
    snprintf(text, size,
             "%.2f times as fast as one process: %.0f ms instead of %.0f ms, of which %.0f ms were spent "
             "waiting for other programs",
             timing->speedup, ms(timing->wall), ms(sequential), ms(timing->waited));
}
