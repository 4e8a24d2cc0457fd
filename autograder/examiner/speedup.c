// Tests of speed: runs the program and references in turn until the rule has its verdict. What is decided
// and why lies in autograder/speed; here is what it is decided on.
#include "../speed/diagram.h"
#include "../speed/gates.h"
#include "../speed/reference.h"
#include "../speed/rule.h"
#include "../speed/timing.h"
#include "../speed/words.h"
#include "answer.h"
#include "examiner.h"
#include "running.h"
#include "settings.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ITEM_US = 3750,       // processor time of a computing item; shorter ones are lost in the noise of a
                          // fork and of the scheduler's time slices
    ITEMS_PER_WORKER = 8, // for computing; when waiting each worker has one
    WAITING_WORKERS = 8,
    UNEXPLAINED_NS = 25000000, // between what was measured inside and outside: the start of the program
    TEXT = 1024,
};

// A program that can be run: the learner's, or one of the references.
struct program {
    const char *directory;
    const char *name;
    const char *drive;
};

struct run {
    struct trace trace;
    struct trace_outside outside;
};

struct measurement {
    struct speedup asked;
    int workers;
    int items;
    int64_t steps; // of an item
    // Processor time of all items done by one process; of waiting work the time to wait.
    int64_t sequential;
    struct timespec begin;
    struct run meeting; // of the learner's program
    struct run best;    // of the learner's program so far
};

static long elapsed_ms(const struct measurement *measurement)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - measurement->begin.tv_sec) * 1000 +
           (now.tv_nsec - measurement->begin.tv_nsec) / 1000000;
}

// Ends the test without a verdict: the machine, and not the program, is the reason.
static void busy(const char *why)
{
    json_object_set_new(running_record(), "busy", json_true());
    running_save();
    cr_assert(false,
              "Not graded: %s. Nothing is wrong with your code, and no points are lost; try again when "
              "less is going on.",
              why);
}

static struct program reference(const char *drive)
{
    return (struct program){
        .directory = running_setting(EXAMINER_REFERENCE), .name = "reference", .drive = drive};
}

static struct program learners(const struct measurement *measurement)
{
    return (struct program){.directory = running_setting(EXAMINER_DIRECTORY),
                            .name = "drive",
                            .drive = measurement->asked.drive};
}

static bool is_reference(const struct program *program)
{
    return strcmp(program->name, "reference") == 0;
}

static struct outcome run_program(const struct measurement *measurement, struct program program,
                                  bool meeting)
{
    struct drive drive = {.arguments =
                              arguments("items=%d workers=%d kind=%d steps=%lld seed=%lld meeting=%d",
                                        measurement->items, measurement->workers,
                                        (int)measurement->asked.work, (long long)measurement->steps,
                                        (long long)random_between(1, INT32_MAX), meeting)};
    return running_drive(program.directory, program.name, program.drive, drive);
}

// What the run left behind. A reference that did not do its part is the grader's fault; a program of the
// learner's that did not is told so.
static struct run read_run(const struct program *program, const struct outcome *outcome)
{
    struct run run;
    const char *bytes;
    size_t size;
    bool found = answer_find(outcome, "trace", &bytes, &size) && size == sizeof run.trace;
    if (is_reference(program) && (!found || answer_count(outcome, running_secret()) != 1))
        running_not_graded("the reference program for tests of speed does not work here");
    expect_answer(outcome);
    expect_one_answer(outcome);
    cr_assert(found, "The drive gave no record of the measured work.");
    memcpy(&run.trace, bytes, sizeof run.trace);
    run.outside = (struct trace_outside){.wall = outcome->report.program_ns,
                                         .waited = outcome->report.program_waited_ns,
                                         .cpu = outcome->report.cpu_ns,
                                         .left = outcome->report.left_running,
                                         .zombies = outcome->report.zombies,
                                         .processes = outcome->report.most_processes};
    return run;
}

static void require_gates(const struct run *run)
{
    char text[TEXT];
    int item;
    enum gate gate = gate_failed(&run->trace, &run->outside, &item);
    words_of_gate(gate, &run->trace, &run->outside, item, text, sizeof text);
    cr_assert(gate == GATE_NONE, "%s", text);
}

// Whether items are under way at once, without a clock. A machine that is very busy may keep an item from
// coming in time, so there is a second try, unless nothing speaks for one.
static void require_meeting(struct measurement *measurement)
{
    for (int try = 0; try < 2; try++) {
        struct program program = learners(measurement);
        struct outcome outcome = run_program(measurement, program, true);
        struct run run = read_run(&program, &outcome);
        if (try == 0 && run.trace.missed && run.trace.most_in_flight > 1)
            continue;
        require_gates(&run);
        measurement->meeting = run;
        return;
    }
}

static int64_t ask_reference(const char *drive, const char *name)
{
    struct program program = reference(drive);
    struct outcome outcome =
        running_drive(program.directory, program.name, program.drive, (struct drive){0});
    if (answer_count(&outcome, running_secret()) != 1)
        running_not_graded("the reference program for tests of speed does not work here");
    return answered(&outcome, name);
}

static int64_t work_of(const struct trace *trace)
{
    int64_t work = 0;
    for (int i = 0; i < trace->items; i++)
        work += trace->item[i].cpu;
    return work;
}

static struct run measure(struct measurement *measurement, struct program program)
{
    struct outcome outcome = run_program(measurement, program, false);
    struct run run = read_run(&program, &outcome);
    if (is_reference(&program)) {
        int64_t work = work_of(&run.trace);
        if (measurement->sequential == 0 || work < measurement->sequential)
            measurement->sequential = work;
    } else {
        require_gates(&run);
    }
    return run;
}

static struct timing timing_of_run(const struct measurement *measurement, const struct run *run)
{
    return timing_of(&run->trace, &run->outside, measurement->sequential);
}

// Time that the program took and that neither its records nor the wait for a processor explain: no run
// with much of it counts, for its records may say anything.
static bool is_explained(const struct run *run)
{
    const struct trace *trace = &run->trace;
    int64_t inside = trace->end - trace->begin - (trace->waited > 0 ? trace->waited : 0);
    return run->outside.wall - run->outside.waited - inside <= UNEXPLAINED_NS;
}

static struct rule_pair measure_pair(struct measurement *measurement, const struct rule *rule)
{
    struct run learner, other;
    int kind = rule->pairs % RULE_REFERENCES;
    bool learner_first = random_between(0, 1) == 0;
    if (learner_first)
        learner = measure(measurement, learners(measurement));
    other = measure(measurement, reference(reference_beside(&measurement->meeting.trace, kind)));
    if (!learner_first)
        learner = measure(measurement, learners(measurement));
    const struct timing timing = timing_of_run(measurement, &learner);
    const struct timing beside = timing_of_run(measurement, &other);
    double speedup = is_explained(&learner) ? timing.speedup : 0;
    if (speedup >= rule->best)
        measurement->best = learner;
    return (struct rule_pair){.program = speedup,
                              .most = timing.most,
                              .reference = kind,
                              .of_reference = beside.speedup,
                              .most_of_reference = beside.most};
}

static enum rule_verdict measure_pairs(struct measurement *measurement, struct rule *rule)
{
    enum rule_verdict verdict = RULE_GO_ON;
    while (verdict == RULE_GO_ON) {
        const struct rule_pair pair = measure_pair(measurement, rule);
        verdict = rule_add(rule, &pair, elapsed_ms(measurement));
    }
    return verdict;
}

// What the report shows: figures and the timing diagram of the best run.
static void note_speed(const struct measurement *measurement, const struct rule *rule,
                       const struct timing *timing)
{
    const struct diagram diagram = diagram_of(&measurement->best.trace);
    json_t *bars = json_array();
    for (int i = 0; i < diagram.count; i++)
        json_array_append_new(bars,
                              json_pack("[i, i, f, f]", diagram.bars[i].worker, diagram.bars[i].item,
                                        diagram.bars[i].begin_ms, diagram.bars[i].end_ms));
    json_object_set_new(running_record(), "speed",
                        json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:i, s:i, s:s, s:i, s:o}", "speedup",
                                  timing->speedup, "target", rule->target, "best_reference",
                                  rule->best_reference, "wall_ms", (double)timing->wall / 1e6,
                                  "sequential_ms", (double)measurement->sequential / 1e6, "waited_ms",
                                  (double)timing->waited / 1e6, "pairs", rule->pairs, "asked_workers",
                                  measurement->workers, "work",
                                  measurement->asked.work == WORK_COMPUTING ? "computing" : "waiting",
                                  "workers", diagram.workers, "bars", bars));
}

static void note_drive(const struct measurement *measurement)
{
    json_object_set_new(running_record(), "drive", json_string(measurement->asked.drive));
    json_object_set_new(
        running_record(), "arguments",
        json_string(arguments("items=%d workers=%d kind=%d steps=%lld", measurement->items,
                              measurement->workers, (int)measurement->asked.work,
                              (long long)measurement->steps)));
    json_object_set_new(running_record(), "seconds", json_real((double)elapsed_ms(measurement) / 1000));
}

static struct measurement prepare(struct speedup asked)
{
    int cpus = atoi(running_setting(EXAMINER_CPUS));
    struct measurement measurement = {
        .asked = asked, .workers = WAITING_WORKERS, .items = WAITING_WORKERS};
    clock_gettime(CLOCK_MONOTONIC, &measurement.begin);
    if (cpus < 100)
        busy("less than one processor may be used here (a quota of the cgroup: cgroups(7)), so no speed "
             "can be measured");
    if (asked.work == WORK_COMPUTING) {
        measurement.workers = asked.workers >= 4 && cpus >= 400 ? 4 : 2;
        measurement.items = ITEMS_PER_WORKER * measurement.workers;
    }
    return measurement;
}

void expect_speedup(int points, struct speedup asked)
{
    char text[TEXT];
    struct measurement measurement = prepare(asked);
    require_meeting(&measurement);
    if (asked.work == WORK_COMPUTING) { // what one process has to wait in all is known without trying
        measurement.steps = ask_reference("calibrate", "steps_per_ms") * ITEM_US / 1000;
        measure(&measurement, reference("sequential"));
    }
    struct rule rule = rule_start(measurement.workers);
    enum rule_verdict verdict = measure_pairs(&measurement, &rule);
    struct timing timing = timing_of_run(&measurement, &measurement.best);
    note_drive(&measurement);
    note_speed(&measurement, &rule, &timing);
    json_object_set_new(running_record(), "points", json_integer(rule_points(&rule, verdict, points)));
    running_save();
    if (verdict == RULE_BUSY && measurement.best.trace.waited < 0)
        busy(
            "other programs took the processors, and this system does not tell how long a process waited "
            "for one (/proc/PID/schedstat is missing)");
    if (verdict == RULE_BUSY)
        busy("other programs took the processors, so that not even the reference program could be fast "
             "often enough");
    words_of_slowness(&rule, &measurement.best.trace, &timing, text, sizeof text);
    cr_assert(verdict == RULE_PASS, "%s", text);
}
