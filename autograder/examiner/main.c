// Runs the tests of an exercise in stages, so that none runs whose prerequisite has not passed, and
// writes the verdicts: one JSON line for what is expected, one for each test, one at the end. They are
// written by Criterion's report hooks, in the runner's process, to a descriptor that no test has.
#include "examiner.h"
#include "settings.h"
#include <criterion/hooks.h>
#include <criterion/options.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { MOST_TESTS = 100 };
enum verdict { WAITING, PASSED, FAILED };

static struct examined {
    struct criterion_test *test;
    enum verdict verdict;
} examined[MOST_TESTS];
static size_t count;
static int verdicts = -1;

static void die(const char *what)
{
    fprintf(stderr, "examiner: %s\n", what);
    exit(2);
}

static const struct graded *graded(const struct criterion_test *test)
{
    return test->data->data;
}

static void write_line(json_t *line)
{
    char *text = json_dumps(line, JSON_COMPACT);
    if (text == NULL || dprintf(verdicts, "%s\n", text) < 0)
        die("cannot write a verdict");
    free(text);
    json_decref(line);
}

static json_t *describe(const struct criterion_test *test)
{
    json_t *line = json_pack("{s:s, s:s, s:s, s:i}", "suite", test->category, "name", test->name,
                             "description", test->data->description, "max_points", graded(test)->points);
    if (graded(test)->alone)
        json_object_set_new(line, "timed", json_true());
    return line;
}

static struct examined *find(const char *suite, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(examined[i].test->category, suite) == 0 && strcmp(examined[i].test->name, name) == 0)
            return &examined[i];
    return NULL;
}

// What the test's own process wrote down about its last drive, or an empty object.
static json_t *record_of(const struct criterion_test *test)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s.json", getenv(EXAMINER_RECORDS), test->category, test->name);
    json_t *record = json_load_file(path, 0, NULL);
    return record == NULL ? json_object() : record;
}

// All messages of a test, the first one first: Criterion keeps them the other way round.
static size_t join_messages(const struct criterion_assert_stats *assert, char *text, size_t size)
{
    if (assert == NULL) {
        text[0] = '\0';
        return 0;
    }
    size_t used = join_messages(assert->next, text, size);
    bool repeated = assert->message != NULL &&strstr(text, assert->message) != NULL;
    if (!assert->passed && assert->message != NULL && !repeated && used < size)
        used += (size_t)snprintf(text + used, size - used, "%s%s", used > 0 ? "\n" : "", assert->message);
    return used;
}

ReportHook(POST_TEST)(struct criterion_test_stats *stats)
{
    char message[4096];
    struct examined *entry = find(stats->test->category, stats->test->name);
    json_t *line = record_of(stats->test);
    const char *fault = json_string_value(json_object_get(line, "fault"));
    bool broken = fault != NULL || stats->crashed || stats->timed_out ||
                  stats->test_status == CR_STATUS_SKIPPED || stats->exit_code != 0;
    entry->verdict = !broken && stats->test_status == CR_STATUS_PASSED ? PASSED : FAILED;
    if (fault != NULL)
        snprintf(message, sizeof message, "%s", fault);
    else if (broken)
        snprintf(message, sizeof message, "the test itself broke (signal %d, status %d%s)", stats->signal,
                 stats->exit_code, stats->timed_out ? ", timed out" : "");
    else
        join_messages(stats->asserts, message, sizeof message);
    json_object_update_new(line, describe(stats->test));
    json_object_set_new(line, "message", json_string_nocheck(message));
    json_object_set_new(line, "status",
                        json_string(broken                                        ? "not_graded"
                                    : entry->verdict == PASSED                    ? "passed"
                                    : json_is_true(json_object_get(line, "busy")) ? "busy"
                                                                                  : "failed"));
    write_line(line);
}

static int by_line(const void *a, const void *b)
{
    const struct criterion_test *x = ((const struct examined *)a)->test;
    const struct criterion_test *y = ((const struct examined *)b)->test;
    return (x->data->line_ > y->data->line_) - (x->data->line_ < y->data->line_);
}

static void collect(struct criterion_test_set *set)
{
    FOREACH_SET (struct criterion_suite_set *suite, set->suites) {
        FOREACH_SET (struct criterion_test *test, suite->tests) {
            if (count == MOST_TESTS || test->data->data == NULL || test->data->description == NULL)
                die("too many tests, or one that is not GRADED");
            examined[count++].test = test;
        }
    }
    qsort(examined, count, sizeof *examined, by_line);
    json_t *expected = json_array();
    for (size_t i = 0; i < count; i++) {
        const char *after = graded(examined[i].test)->after;
        if (after != NULL && find(examined[i].test->category, after) == NULL)
            die("a test comes after one that does not exist");
        json_array_append_new(expected, describe(examined[i].test));
    }
    write_line(json_pack("{s:o}", "expected", expected));
}

// Whether only this part of the tests was asked for: "timed" or "untimed".
static bool is_part(const char *part)
{
    const char *asked = getenv(EXAMINER_PART);
    return asked != NULL && strcmp(asked, part) == 0;
}

static bool is_asked_for(const struct examined *entry)
{
    char name[256];
    const char *only = getenv(EXAMINER_ONLY);
    snprintf(name, sizeof name, "%s::%s", entry->test->category, entry->test->name);
    return (only == NULL || strcmp(name, only) == 0) && (!is_part("timed") || graded(entry->test)->alone);
}

// Whether the test was asked for, or must pass before one that was.
static bool is_wanted(const struct examined *entry)
{
    for (size_t i = 0; i < count; i++) {
        const struct examined *asked = &examined[i];
        if (!is_asked_for(asked))
            continue;
        while (asked != entry && graded(asked->test)->after != NULL)
            asked = find(asked->test->category, graded(asked->test)->after);
        if (asked == entry)
            return true;
    }
    return false;
}

static bool may_begin(const struct examined *entry)
{
    const char *after = graded(entry->test)->after;
    return entry->verdict == WAITING && is_wanted(entry) &&
           (after == NULL || find(entry->test->category, after)->verdict == PASSED);
}

static bool is_postponed(const struct examined *entry)
{
    return is_part("untimed") && graded(entry->test)->alone;
}

static bool is_ready(const struct examined *entry)
{
    return may_begin(entry) && !is_postponed(entry);
}

// Chooses the tests that can run now: all at once, but one by one those that must be alone, when nothing
// else is left. Returns how many.
static size_t choose(void)
{
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++) {
        bool ready = is_ready(&examined[i]) && !graded(examined[i].test)->alone;
        examined[i].test->data->disabled = !ready;
        chosen += ready;
    }
    for (size_t i = 0; i < count && chosen == 0; i++) {
        examined[i].test->data->disabled = !is_ready(&examined[i]);
        chosen += is_ready(&examined[i]);
    }
    return chosen;
}

static void require_verdicts(void)
{
    for (size_t i = 0; i < count; i++)
        if (!examined[i].test->data->disabled && examined[i].verdict == WAITING)
            die("a test gave no verdict");
}

static void report_not_reached(bool has_program)
{
    for (size_t i = 0; i < count; i++) {
        if (examined[i].verdict != WAITING)
            continue;
        json_t *line = describe(examined[i].test);
        const char *after = graded(examined[i].test)->after;
        bool postponed = has_program && is_postponed(&examined[i]) && may_begin(&examined[i]);
        json_object_set_new(line, "status", json_string(postponed ? "not_graded" : "not_reached"));
        json_object_set_new(line, "message", json_string(after == NULL ? "" : after));
        if (postponed)
            json_object_set_new(line, "postponed", json_true());
        write_line(line);
    }
}

int main(int argc, char **argv)
{
    const char *descriptor = getenv(EXAMINER_VERDICTS);
    const char *jobs = getenv(EXAMINER_JOBS);
    if (descriptor == NULL || jobs == NULL || getenv(EXAMINER_RECORDS) == NULL)
        die("run by build/grade only");
    verdicts = atoi(descriptor);
    if (fcntl(verdicts, F_SETFD, FD_CLOEXEC) == -1)
        die("no descriptor for the verdicts");
    prctl(PR_SET_DUMPABLE, 0);
    struct criterion_test_set *set = criterion_initialize();
    if (!criterion_handle_args(argc, argv, false))
        die("Criterion refuses its arguments");
    criterion_options.logging_threshold = CRITERION_LOG_LEVEL_QUIET;
    criterion_options.jobs = (size_t)atoi(jobs);
    collect(set);
    bool has_program = getenv(EXAMINER_DIRECTORY) != NULL;
    while (has_program && choose() > 0) {
        criterion_run_all_tests(set);
        require_verdicts();
    }
    report_not_reached(has_program);
    write_line(json_pack("{s:i}", "end", (int)count));
    criterion_finalize(set);
    return 0;
}
