// What autograder/speed promises, on made-up and on recorded traces, without a clock: each gate, each
// floor by the impostor that it is there for, the rule, the words, the diagrams.
#include "../speed/diagram.h"
#include "../speed/gates.h"
#include "../speed/reference.h"
#include "../speed/rule.h"
#include "../speed/timing.h"
#include "../speed/words.h"
#include "trace_support.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_gate(const struct recorded *recorded, enum gate expected, int expected_item)
{
    int item;
    enum gate gate = gate_failed(&recorded->trace, &recorded->outside, &item);
    cr_expect(gate == expected && item == expected_item, "gate %d, item %d; expected gate %d, item %d",
              gate, item, expected, expected_item);
}

static struct timing timing(const struct recorded *recorded)
{
    return timing_of(&recorded->trace, &recorded->outside, recorded->sequential);
}

static void expect_speedup_between(const struct recorded *recorded, double low, double high)
{
    double speedup = timing(recorded).speedup;
    cr_expect(speedup >= low && speedup <= high, "the speedup is %.2f, expected %.2f to %.2f", speedup,
              low, high);
}

static void expect_floor(const struct recorded *recorded, enum timing_floor floor, double most)
{
    const struct timing measured = timing(recorded);
    cr_expect(measured.decided == floor, "floor %d decided, expected %d", measured.decided, floor);
    cr_expect(measured.speedup <= most, "the speedup is %.2f, expected %.2f at most", measured.speedup,
              most);
}

// --- Gates ---

Test(gates, are_passed_by_a_run_as_it_should_be)
{
    struct recorded recorded = evenly_done();
    expect_gate(&recorded, GATE_NONE, -1);
}

Test(gates, see_that_items_never_met)
{
    struct recorded recorded = evenly_done();
    recorded.trace.meeting = 1;
    recorded.trace.missed = 1;
    expect_gate(&recorded, GATE_RENDEZVOUS, -1);
}

Test(gates, see_a_thread)
{
    struct recorded recorded = evenly_done();
    recorded.trace.item[5].tid = recorded.trace.item[5].pid + 1;
    expect_gate(&recorded, GATE_THREADS, 5);
}

Test(gates, see_workers_that_write_into_the_callers_memory)
{
    struct recorded recorded = evenly_done();
    recorded.trace.own_marks = 3;
    expect_gate(&recorded, GATE_THREADS, -1);
}

Test(gates, see_an_item_that_was_done_twice_or_never)
{
    struct recorded recorded = evenly_done();
    recorded.trace.item[7].runs = 2;
    expect_gate(&recorded, GATE_ONCE, 7);
    recorded.trace.item[7].runs = 0;
    expect_gate(&recorded, GATE_ONCE, 7);
}

Test(gates, see_a_wrong_result_and_one_that_came_too_late)
{
    struct recorded recorded = evenly_done();
    recorded.trace.item[3].right = 0;
    expect_gate(&recorded, GATE_RESULTS, 3);
    recorded = evenly_done();
    recorded.trace.item[15].end = recorded.trace.end + MS;
    expect_gate(&recorded, GATE_RESULTS, 15);
}

Test(gates, see_fewer_processors_than_the_caller_had)
{
    struct recorded recorded = evenly_done();
    recorded.trace.item[1].cpus = 1;
    expect_gate(&recorded, GATE_AFFINITY, 1);
}

Test(gates, see_processes_that_were_left)
{
    struct recorded recorded = evenly_done();
    recorded.outside.left = 1;
    expect_gate(&recorded, GATE_LEFT, -1);
    recorded.outside.left = 0;
    recorded.outside.zombies = 1;
    expect_gate(&recorded, GATE_LEFT, -1);
}

Test(gates, see_records_that_cannot_be_true)
{
    struct recorded recorded = evenly_done();
    recorded.outside.cpu = 40 * MS; // 64 ms of items
    expect_gate(&recorded, GATE_FORGED, -1);
    recorded = evenly_done();
    recorded.outside.wall = recorded.trace.end - recorded.trace.begin - 1;
    expect_gate(&recorded, GATE_FORGED, -1);
    recorded = evenly_done();
    recorded.trace.item[2].begin = recorded.trace.begin - 1;
    expect_gate(&recorded, GATE_FORGED, -1);
}

// --- Speedup ---

Test(timing, of_two_even_workers_is_two)
{
    struct recorded recorded = evenly_done();
    expect_speedup_between(&recorded, 1.9, 2.0);
}

Test(timing, does_not_charge_the_wait_for_a_processor)
{
    struct recorded recorded = nothing_done(); // both workers on one processor, in turns of 4 ms
    for (int i = 0; i < 16; i++)
        do_item(&recorded, i, FIRST_WORKER + i % 2, i / 2 * 8, i / 2 * 8 + 8);
    expect_speedup_between(&recorded, 1.9, 2.0);
}

Test(timing, of_a_loop_is_one_however_it_had_to_wait)
{
    struct recorded recorded = nothing_done();
    for (int i = 0; i < 16; i++)
        do_item(&recorded, i, CALLER, i * 6, i * 6 + 6);
    recorded.trace.cpu = 64 * MS;
    expect_speedup_between(&recorded, 0.9, 1.0);
}

Test(timing, of_items_that_never_overlap_is_one)
{
    struct recorded recorded =
        nothing_done(); // a lock around the work: two processes, one item at a time
    for (int i = 0; i < 16; i++)
        do_item(&recorded, i, FIRST_WORKER + i % 2, i * 4, i * 4 + 4);
    expect_speedup_between(&recorded, 0.9, 1.0);
    for (int i = 1; i < 16; i += 2) // and if the wait for the lock looked like a wait for a processor
        recorded.trace.item[i].waited += (i + 1) * 2 * MS;
    expect_floor(&recorded, FLOOR_OVERLAP, 1.01);
}

Test(timing, of_three_quarters_in_one_hand_is_four_thirds)
{
    struct recorded recorded = nothing_done();
    for (int i = 0; i < 12; i++)
        do_item(&recorded, i, FIRST_WORKER, i * 4, i * 4 + 4);
    for (int i = 12; i < 16; i++)
        do_item(&recorded, i, FIRST_WORKER + 1, (i - 12) * 4, (i - 12) * 4 + 4);
    expect_speedup_between(&recorded, 1.2, 1.34);
    for (int i = 0; i < 12; i++)
        recorded.trace.item[i].waited += 20 * MS;
    expect_floor(&recorded, FLOOR_BUSIEST, 1.34);
}

Test(timing, of_items_with_too_little_processor_time_counts_them_by_number)
{
    struct recorded recorded = evenly_done();
    for (int i = 0; i < 14; i++) { // worker 1 has 14 of 16 items and denies the time that they took
        recorded.trace.item[i].pid = recorded.trace.item[i].tid = FIRST_WORKER;
        recorded.trace.item[i].cpu = i % 2 == 0 ? 4 * MS : MS;
    }
    expect_floor(&recorded, FLOOR_ITEMS, 1.4);
}

Test(timing, of_workers_one_after_the_other_is_one)
{
    struct recorded recorded = nothing_done(); // a process for each item, each waited for at once
    for (int i = 0; i < 16; i++) {
        do_item(&recorded, i, FIRST_WORKER + i, i * 8, i * 8 + 8);
        recorded.trace.item[i].waited = 6 * MS;
        recorded.trace.item[i].waited_before = 0;
    }
    expect_floor(&recorded, FLOOR_PATH, 1.01);
}

Test(timing, counts_processor_time_that_no_item_used)
{
    struct recorded recorded = evenly_done();
    recorded.outside.cpu += 40 * MS; // a loop that waits by asking
    expect_floor(&recorded, FLOOR_PROGRAM, 1.25);
    cr_expect(timing(&recorded).most < 1.3, "the processor time alone rules the target out");
}

Test(timing, counts_what_the_caller_computes_while_its_workers_wait)
{
    struct recorded recorded = evenly_done();
    recorded.trace.cpu = 32 * MS;
    recorded.outside.cpu += 32 * MS;
    expect_floor(&recorded, FLOOR_CALLER, 1.01);
    cr_expect(timing(&recorded).most < 1.01, "the processor time alone rules any gain out");
}

Test(timing, gives_nobody_more_than_there_are_workers)
{
    struct recorded recorded = evenly_done();
    recorded.trace.end = recorded.trace.begin + 10 * MS; // a clock that was tampered with
    cr_expect(timing(&recorded).speedup <= 2.0, "more than twice as fast with two workers");
}

Test(timing, takes_the_work_from_our_own_run_if_that_is_less)
{
    struct recorded recorded = evenly_done();
    recorded.sequential = 32 * MS; // the items took twice as long as in one process: no gain
    expect_speedup_between(&recorded, 0.9, 1.0);
}

// Eight items that wait for 50 ms, each begun by a worker of its own `late_ms` after the begin.
static struct recorded sleepers(double late_ms)
{
    struct recorded recorded = nothing_done();
    recorded.trace.kind = TRACE_WAITING;
    recorded.trace.items = recorded.trace.workers = 8;
    recorded.sequential = 400 * MS;
    for (int i = 0; i < 8; i++) {
        do_item(&recorded, i, FIRST_WORKER + i, late_ms, late_ms + 50);
        recorded.trace.item[i].cpu = 50 * MS;
        recorded.trace.item[i].waited = 0;
    }
    return recorded;
}

Test(timing, of_sleepers_needs_no_processor)
{
    struct recorded recorded = sleepers(1);
    expect_speedup_between(&recorded, 7.5, 8.0);
}

Test(timing, of_sleepers_forgives_no_more_than_half)
{
    struct recorded recorded = sleepers(40);
    for (int i = 0; i < 8; i++)
        recorded.trace.item[i].waited_before = recorded.trace.item[i].waited = 39 * MS;
    expect_speedup_between(&recorded, 7.5, 8.0);
    recorded =
        sleepers(280); // all that time the caller took a nap, and told the workers what to do after it
    for (int i = 0; i < 8; i++)
        recorded.trace.item[i].waited_before = recorded.trace.item[i].waited = 279 * MS;
    expect_floor(&recorded, FLOOR_HALF, 400.0 / 165 + 0.01);
}

Test(timing, counts_the_pauses_of_a_worker_whose_items_another_took_over)
{
    struct recorded recorded = nothing_done(); // each sleeps for 4 ms after an item
    for (int i = 0; i < 11; i++)
        do_item(&recorded, i, FIRST_WORKER, i * 8, i * 8 + 4);
    for (int i = 11; i < 16; i++) { // for the first 50 ms others had its processor
        do_item(&recorded, i, FIRST_WORKER + 1, 50 + (i - 11) * 8, 50 + (i - 11) * 8 + 4);
        recorded.trace.item[i].waited_before = recorded.trace.item[i].waited = 50 * MS;
    }
    expect_speedup_between(&recorded, 0.7, 0.8);
}

Test(timing, does_not_forgive_a_pause_of_the_caller_that_waited_at_another_time)
{
    struct recorded recorded = evenly_done();
    for (int i = 0; i < 16; i++) { // 40 ms passed before there was a worker
        recorded.trace.item[i].begin += 40 * MS;
        recorded.trace.item[i].end += 40 * MS;
    }
    recorded.trace.end += 40 * MS;
    recorded.trace.waited = 40 * MS; // in these 40 ms
    for (int i = 0; i < 16; i++)
        recorded.trace.item[i].caller_waited_before = recorded.trace.item[i].caller_waited = 40 * MS;
    expect_speedup_between(&recorded, 1.9, 2.0);
    for (int i = 0; i < 16; i++) // while the workers worked
        recorded.trace.item[i].caller_waited_before = 0;
    expect_speedup_between(&recorded, 0.8, 1.0);
}

Test(timing, works_without_schedstat)
{
    struct recorded recorded = evenly_done();
    for (int i = 0; i < 16; i++)
        recorded.trace.item[i].waited = recorded.trace.item[i].waited_before = -1;
    recorded.trace.waited = -1;
    expect_speedup_between(&recorded, 1.9, 2.0);
}

// --- Recorded runs ---

static const struct {
    const char *name;
    double low, high;
} runs[] = {
    {"split_quiet", 1.5, 2.0},           {"split_beside_4", 1.5, 2.0},
    {"queue_beside_4", 1.5, 2.0},        {"waves_beside_2", 1.5, 2.0},
    {"sequential_quiet", 0.9, 1.0},      {"sequential_beside_4", 0.9, 1.0},
    {"half_serial_beside_2", 0.9, 1.05}, {"extra_work_beside_4", 1.0, 1.35},
    {"uneven_beside_2", 1.0, 1.4},       {"lock_beside_4", 0.3, 1.05},
    {"sleeper_beside_2", 0.5, 1.45},
};

Test(timing, of_recorded_runs_is_as_it_was_judged)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct recorded recorded = read_recorded(runs[i].name);
        double speedup = timing(&recorded).speedup;
        cr_expect(speedup >= runs[i].low && speedup <= runs[i].high,
                  "%s: the speedup is %.2f, expected %.2f to %.2f", runs[i].name, speedup, runs[i].low,
                  runs[i].high);
    }
}

// --- The rule ---

static enum rule_verdict add(struct rule *rule, double program, int kind, double of_reference, long ms)
{
    const struct rule_pair pair = {
        .program = program, .most = 2, .reference = kind, .of_reference = of_reference};
    return rule_add(rule, &pair, ms);
}

Test(reference, of_a_few_workers_is_a_split_or_a_queue)
{
    struct recorded recorded = evenly_done();
    cr_expect_str_eq(reference_beside(&recorded.trace, 0), "split");
    cr_expect_str_eq(reference_beside(&recorded.trace, 1), "queue");
}

Test(reference, of_a_process_for_each_item_has_as_many_ends)
{
    struct recorded recorded = evenly_done();
    for (int i = 0; i < recorded.trace.items; i++)
        recorded.trace.item[i].pid = recorded.trace.item[i].tid = 1000 + i;
    for (int kind = 0; kind < RULE_REFERENCES; kind++)
        cr_expect_str_eq(reference_beside(&recorded.trace, kind), "waves");
}

Test(rule, passes_a_program_that_reaches_the_target_once)
{
    struct rule rule = rule_start(2);
    cr_expect(rule.target > 1.49 && rule.target < 1.51, "the target of two workers is %.2f", rule.target);
    cr_expect(add(&rule, 1.2, 0, 1.9, 100) == RULE_GO_ON, "one slow run decides nothing");
    cr_expect(add(&rule, 1.5, 1, 1.0, 200) == RULE_PASS, "one run at the target is proof");
}

Test(rule, fails_a_program_when_the_reference_alone_was_fast_twelve_times)
{
    struct rule rule = rule_start(2);
    for (int i = 0; i < 11; i++)
        cr_assert(add(&rule, 1.4, i % 2, 1.9, 100) == RULE_GO_ON, "%d times are too few", i + 1);
    cr_expect(add(&rule, 1.4, 1, 1.9, 100) == RULE_FAIL, "twelve times are enough");
}

Test(rule, does_not_count_what_only_one_kind_of_reference_can)
{
    struct rule rule = rule_start(2);
    for (int i = 0; i < 40; i++)
        cr_assert(add(&rule, 1.4, i % 2, i % 2 == 0 ? 1.9 : 1.4, 100) == RULE_GO_ON,
                  "a queue was never fast here, so a program with a queue cannot be blamed");
}

Test(rule, asks_more_of_the_reference_than_of_the_program)
{
    struct rule rule = rule_start(2);
    for (int i = 0; i < 40; i++)
        cr_assert(add(&rule, 1.4, i % 2, 1.6, 100) == RULE_GO_ON, "1.6 is no more than 1.1 times 1.5");
}

Test(rule, says_busy_when_nobody_was_fast_in_time)
{
    struct rule rule = rule_start(2);
    cr_expect(add(&rule, 1.0, 0, 1.0, RULE_TIME_MS) == RULE_GO_ON, "the time is not over yet");
    cr_expect(add(&rule, 1.0, 1, 1.0, RULE_TIME_MS + 1) == RULE_BUSY, "now it is");
}

Test(rule, fails_at_once_what_the_processor_time_rules_out)
{
    struct rule rule = rule_start(2);
    const struct rule_pair pair = {
        .program = 1.0, .most = 1.2, .of_reference = 1.0, .most_of_reference = 1.7};
    for (int i = 0; i < 3; i++)
        cr_assert(rule_add(&rule, &pair, 100) == RULE_GO_ON, "%d runs are too few", i + 1);
    cr_expect(rule_add(&rule, &pair, 100) == RULE_FAIL, "four runs in a row are enough");
}

Test(rule, does_not_believe_the_processor_time_where_the_references_is_as_bad)
{
    struct rule rule = rule_start(2);
    const struct rule_pair both = {
        .program = 1.0, .most = 1.2, .of_reference = 1.0, .most_of_reference = 1.6};
    const struct rule_pair alone = {
        .program = 1.0, .most = 1.2, .of_reference = 1.0, .most_of_reference = 1.7};
    for (int i = 0; i < 20; i++)
        cr_assert(rule_add(&rule, &both, 100) == RULE_GO_ON, "%d of these runs prove nothing", i + 1);
    for (int i = 0; i < 3; i++)
        cr_assert(rule_add(&rule, &alone, 100) == RULE_GO_ON, "%d runs are too few", i + 1);
    rule_add(&rule, &both, 100);
    cr_expect(rule_add(&rule, &alone, 100) == RULE_FAIL, "what proves nothing speaks for nobody, either");
}

static int points_for(double best)
{
    struct rule rule = rule_start(2);
    rule.best = best;
    return rule_points(&rule, RULE_FAIL, 10);
}

Test(rule, gives_points_in_quarters)
{
    struct rule rule = rule_start(2);
    cr_expect(rule_points(&rule, RULE_PASS, 10) == 10, "all points for a pass");
    const struct {
        double best;
        int points;
    } parts[] = {{0, 4}, {1.0, 4}, {1.12, 4}, {1.13, 5}, {1.26, 7}, {1.38, 8}, {1.49, 8}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_expect(points_for(parts[i].best) == parts[i].points, "%.2f gives %d points, expected %d",
                  parts[i].best, points_for(parts[i].best), parts[i].points);
}

// --- Words and pictures ---

Test(words, say_who_waited_for_whom)
{
    char text[1024];
    struct rule rule = rule_start(2);
    struct recorded recorded = nothing_done();
    for (int i = 0; i < 12; i++)
        do_item(&recorded, i, FIRST_WORKER + (i >= 2), i < 2 ? i * 4 : (i - 2) * 4,
                i < 2 ? i * 4 + 4 : (i - 2) * 4 + 4);
    for (int i = 12; i < 16; i++)
        do_item(&recorded, i, FIRST_WORKER + 1, (i - 2) * 4, (i - 2) * 4 + 4);
    const struct timing measured = timing(&recorded);
    words_of_slowness(&rule, &recorded.trace, &measured, text, sizeof text);
    cr_expect(strstr(text, "did nothing for 86 % of the time: items 4 to 15 waited for worker") != NULL,
              "%s", text);
}

Test(words, say_what_the_processor_time_allowed_in_the_runs_that_decided)
{
    char text[1024];
    struct rule rule = rule_start(2);
    struct recorded recorded = evenly_done();
    const struct timing measured = timing(&recorded);
    const double allowed[] = {1.1, 1.23, 1.2, 1.1};
    for (int i = 0; i < 4; i++) {
        const struct rule_pair pair = {.most = allowed[i], .most_of_reference = 1.9};
        rule_add(&rule, &pair, 100);
    }
    words_of_slowness(&rule, &recorded.trace, &measured, text, sizeof text);
    cr_expect(strstr(text, "allows no more than 1.23x") != NULL, "%s", text);
}

Test(words, name_each_gates_own_mistake)
{
    const char *const expected[] = {"",
                                    "does not agree with what was seen from outside",
                                    "Each item waited until 2 items were under way",
                                    "threads in disguise",
                                    "Item 3 was done 2 times",
                                    "wrong or missing",
                                    "Whoever starts a process waits for it",
                                    "sched_setaffinity(2)"};
    struct recorded recorded = evenly_done();
    recorded.trace.item[3].runs = 2;
    for (int gate = GATE_NONE; gate <= GATE_AFFINITY; gate++) {
        char text[1024];
        const char *wanted = expected[gate];
        words_of_gate((enum gate)gate, &recorded.trace, &recorded.outside, gate == GATE_THREADS ? -1 : 3,
                      text, sizeof text);
        cr_expect(strstr(text, wanted) != NULL, "gate %d: \"%s\" does not say \"%s\"", gate, text,
                  wanted);
    }
}

static char *text_diagram(const struct recorded *recorded)
{
    char *text = NULL;
    size_t size;
    const struct diagram diagram = diagram_of(&recorded->trace);
    FILE *file = open_memstream(&text, &size);
    diagram_text(&diagram, "  ", 32, file);
    fclose(file);
    return text;
}

Test(diagram, has_a_row_for_each_worker_and_a_bar_for_each_item)
{
    struct recorded recorded = nothing_done();
    recorded.trace.items = 4;
    do_item(&recorded, 0, FIRST_WORKER, 0, 4);
    do_item(&recorded, 1, FIRST_WORKER + 1, 1, 5);
    do_item(&recorded, 2, FIRST_WORKER, 4, 8);
    do_item(&recorded, 3, FIRST_WORKER, 12, 16);
    char *text = text_diagram(&recorded);
    cr_expect_str_eq(text, "  worker 1  0=======2=======........3=======\n"
                           "  worker 2  ..1=======......................\n"
                           "            0 ms                     16.0 ms\n");
    free(text);
}

Test(diagram, as_a_picture_has_a_title_and_follows_the_colour_scheme)
{
    char *text = NULL;
    size_t size;
    struct recorded recorded = evenly_done();
    const struct diagram diagram = diagram_of(&recorded.trace);
    FILE *file = open_memstream(&text, &size);
    diagram_svg(&diagram, "a < b & \"c\"", file);
    fclose(file);
    cr_expect(strstr(text, "a &#60; b &#38; &#34;c&#34;") != NULL, "the title is not escaped: %.200s",
              text);
    cr_expect(strstr(text, "prefers-color-scheme:dark") != NULL, "there is no dark scheme");
    cr_expect(strstr(text, "class=\"page\"") != NULL,
              "it has no ground of its own: pale text on a viewer's white one cannot be read");
    int bars = 0;
    for (const char *at = text; (at = strstr(at, "class=\"bar")) != NULL; at++)
        bars++;
    cr_expect(bars == 16, "%d bars, expected 16", bars);
    free(text);
}
