// What the tests of an exercise are written with; runs in the test's own process.
#define _GNU_SOURCE // strerrorname_np
#include "examiner.h"
#include "../driver/driver.h"
#include "../sandbox/sandbox.h"
#include "answer.h"
#include "ending.h"
#include "settings.h"
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 8, ANSWER_MAX = 4 * 1024 * 1024, TEXT_SIZE = 256 };

#define NO_ANSWER                                                                                        \
    "Its answer cannot be understood: does your code write to descriptors that it did not open?"

static struct limits limits_used; // by the last drive
static json_t *record;            // what this test's drives did
static char secret[40];           // closes the answers of the last drive

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set: tests are run by build/grade\n", name);
        exit(2);
    }
    return value;
}

static void save_record(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s.json", setting(EXAMINER_RECORDS),
             criterion_current_test->category, criterion_current_test->name);
    if (json_dump_file(record, path, JSON_COMPACT) == -1)
        fprintf(stderr, "cannot write %s\n", path);
}

// Ends the test as "not graded": the verdict stream finds the reason in the record.
static void not_graded(const char *reason)
{
    json_object_set_new(record, "fault", json_string(reason));
    save_record();
    cr_assert(false, "%s", reason);
}

static void note_drive(const char *name, const char *given, const struct outcome *outcome)
{
    char *output = capture_text(&outcome->output);
    json_object_set_new(record, "drive", json_string(name));
    json_object_set_new(record, "arguments", json_string(given));
    json_object_set_new(record, "seconds", json_real((double)outcome->report.wall_ms / 1000));
    json_object_set_new(record, "output",
                        json_stringn_nocheck(output, output == NULL ? 0 : strlen(output)));
    save_record();
    free(output);
}

static const char *patience_path(void)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/patience", setting(EXAMINER_RECORDS));
    return path;
}

static void split(char *text, char **words, size_t most)
{
    size_t count = 0;
    for (char *word = strtok(text, " "); word != NULL && count + 1 < most; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
}

// New for each drive, so that an answer cannot be made up beforehand.
static void make_secret(void)
{
    uint64_t parts[2];
    if (getrandom(parts, sizeof parts, 0) != sizeof parts)
        not_graded("there are no random numbers");
    snprintf(secret, sizeof secret, "%016" PRIx64 "%016" PRIx64, parts[0], parts[1]);
}

// A submission that never ends would cost its full time in every test. So only a few of its drives may:
// each of them leaves a byte in a file, which all tests look at.
static void spend_patience(const struct outcome *outcome)
{
    bool spent =
        outcome->limit == LIMIT_TIME || outcome->limit == LIMIT_STALL ||
        (WIFSIGNALED(outcome->report.wait_status) && WTERMSIG(outcome->report.wait_status) == SIGXCPU);
    int file = spent ? open(patience_path(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file != -1) {
        if (write(file, "x", 1) == -1)
            fprintf(stderr, "cannot write %s\n", patience_path());
        close(file);
    }
}

static void expect_patience(void)
{
    enum { PATIENCE = 4 };
    struct stat status;
    cr_assert(stat(patience_path(), &status) == -1 || status.st_size < PATIENCE,
              "Not run: %d programs of other tests had to be stopped because they did not end. Make them "
              "end first.",
              PATIENCE);
}

struct outcome drive(const char *name, struct drive drive)
{
    const char *given = drive.arguments == NULL ? "" : drive.arguments;
    char words[512];
    char *command[MOST_ARGUMENTS + 3] = {secret, (char *)name};
    snprintf(words, sizeof words, "%s", given);
    split(words, command + 2, MOST_ARGUMENTS + 1);
    make_secret();
    struct sandbox_job job = {
        .warden = setting(EXAMINER_WARDEN),
        .directory = setting(EXAMINER_DIRECTORY),
        .program = "drive",
        .arguments = command,
        .input = drive.input,
        .input_size = drive.input_size,
        .answer_max = ANSWER_MAX,
        .limits = limits_of_a_drive,
        .find_leaks = drive.find_leaks,
        .show = -1,
    };
    if (drive.processes > 0)
        job.limits.processes = drive.processes;
    if (setting(EXAMINER_SANITIZED)[0] == '1')
        limits_for_sanitizers(&job.limits);
    limits_used = job.limits;
    if (record == NULL)
        record = json_object();
    struct outcome outcome;
    expect_patience();
    sandbox_run((enum sandbox_level)setting(EXAMINER_LEVEL)[0], &job, &outcome);
    note_drive(name, given, &outcome);
    spend_patience(&outcome);
    if (outcome.fault[0] != '\0')
        not_graded(outcome.fault);
    if (WEXITSTATUS(outcome.report.wait_status) == DRIVER_BROKEN && answer_is_broken(&outcome, secret))
        not_graded("the drive could not do its part; its output says why");
    return outcome;
}

const char *ending(const struct outcome *outcome)
{
    static char text[512];
    ending_sentence(outcome, &limits_used, text, sizeof text);
    return text;
}

void expect_answer(const struct outcome *outcome)
{
    const char *sentence = ending(outcome);
    bool ended = outcome->reported && outcome->limit == LIMIT_NONE;
    bool answered = answer_count(outcome, secret) > 0;
    cr_assert(ended && (answered || sentence[0] == '\0'), "%s", sentence);
    cr_assert(answered, NO_ANSWER);
}

void expect_one_answer(const struct outcome *outcome)
{
    cr_expect(
        answer_count(outcome, secret) == 1,
        "%d answers came back from one program: a child has run on into its parent's code and answered, "
        "too. A child must end with _exit() when its function has returned.",
        answer_count(outcome, secret));
}

void expect_clean(const struct outcome *outcome)
{
    const struct warden_report *report = &outcome->report;
    expect_answer(outcome);
    expect_one_answer(outcome);
    cr_expect(ending(outcome)[0] == '\0', "%s", ending(outcome));
    cr_expect(
        report->left_running == 0,
        "%d process%s still running when the program had ended. Every child that is started must be "
        "joined.",
        report->left_running, report->left_running == 1 ? " was" : "es were");
    cr_expect(report->zombies == 0,
              "%d child%s had ended but %s never waited for (a zombie): waitpid() takes the status of "
              "each child.",
              report->zombies, report->zombies == 1 ? "" : "ren", report->zombies == 1 ? "was" : "were");
}

int64_t answered(const struct outcome *outcome, const char *name)
{
    const char *value;
    size_t size;
    char text[32] = "";
    if (!answer_find(outcome, name, &value, &size) || size >= sizeof text) {
        cr_assert(false, NO_ANSWER);
        return 0;
    }
    memcpy(text, value, size);
    return strtoll(text, NULL, 10);
}

static int64_t answered_errno(const struct outcome *outcome, const char *name)
{
    char name_of_errno[64];
    snprintf(name_of_errno, sizeof name_of_errno, "%s_errno", name);
    return answered(outcome, name_of_errno);
}

const char *error_name(int64_t error)
{
    const char *name = strerrorname_np((int)error);
    return error == 0 ? "errno not set" : name == NULL ? "an unknown errno" : name;
}

// One of a few strings in turn, so that one message can hold several.
static char *next_text(void)
{
    static char texts[MOST_ARGUMENTS][TEXT_SIZE];
    static int next;
    return texts[next++ % MOST_ARGUMENTS];
}

const char *result_text(const struct outcome *outcome, const char *name)
{
    char *text = next_text();
    int64_t result = answered(outcome, name);
    if (result == -1)
        snprintf(text, TEXT_SIZE, "gave -1 (%s)", error_name(answered_errno(outcome, name)));
    else
        snprintf(text, TEXT_SIZE, "gave %" PRId64, result);
    return text;
}

bool failed_with(const struct outcome *outcome, const char *name, int error)
{
    return answered(outcome, name) == -1 && answered_errno(outcome, name) == error;
}

int printed(const struct outcome *outcome, const char *text)
{
    int count = 0;
    char *output = capture_text(&outcome->output);
    for (const char *at = output; at != NULL && (at = strstr(at, text)) != NULL; at += strlen(text))
        count++;
    free(output);
    return count;
}

// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to choose inputs.
static uint64_t next_random(void)
{
    static uint64_t state;
    if (state == 0) {
        state = strtoull(setting(EXAMINER_SEED), NULL, 10) + 1;
        for (const char *c = criterion_current_test->name; *c != '\0'; c++)
            state = state * 31 + (unsigned char)*c;
    }
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t random_between(int64_t low, int64_t high)
{
    return low + (int64_t)(next_random() % (uint64_t)(high - low + 1));
}

const char *arguments(const char *format, ...)
{
    char *text = next_text();
    va_list values;
    va_start(values, format);
    vsnprintf(text, TEXT_SIZE, format, values);
    va_end(values);
    return text;
}
