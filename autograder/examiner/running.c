// Runs drives for a test, and keeps what became of them: in the test's own process.
#include "running.h"
#include "../driver/driver.h"
#include "../sandbox/sandbox.h"
#include "answer.h"
#include "settings.h"
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 10, ANSWER_MAX = 4 * 1024 * 1024 };

static struct limits limits_used; // by the last drive
static bool is_kept;              // what is written down about a drive that has failed
static char secret[40];           // closes the answers of the last drive

const char *running_secret(void)
{
    return secret;
}

const struct limits *running_limits(void)
{
    return &limits_used;
}

json_t *running_record(void)
{
    static json_t *record;
    if (record == NULL)
        record = json_object();
    return record;
}

const char *running_setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set: tests are run by build/grade\n", name);
        exit(2);
    }
    return value;
}

void running_save(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s.json", running_setting(EXAMINER_RECORDS),
             criterion_current_test->category, criterion_current_test->name);
    if (json_dump_file(running_record(), path, JSON_COMPACT) == -1)
        fprintf(stderr, "cannot write %s\n", path);
}

// Ends the test as "not graded": the verdict stream finds the reason in the record.
void running_not_graded(const char *reason)
{
    json_object_set_new(running_record(), "fault", json_string(reason));
    running_save();
    cr_assert(false, "%s", reason);
}

void running_keep_last(void)
{
    is_kept = true;
}

static void note_drive(const char *name, const char *given, const struct outcome *outcome)
{
    double before = json_real_value(json_object_get(running_record(), "cpu_seconds"));
    json_object_set_new(running_record(), "cpu_seconds",
                        json_real(before + (double)outcome->report.cpu_ns / 1e9));
    if (is_kept) {
        running_save();
        return;
    }
    char *output = capture_text(&outcome->output);
    json_object_set_new(running_record(), "drive", json_string(name));
    json_object_set_new(running_record(), "arguments", json_string(given));
    json_object_set_new(running_record(), "seconds", json_real((double)outcome->report.wall_ms / 1000));
    json_object_set_new(running_record(), "output",
                        json_stringn_nocheck(output, output == NULL ? 0 : strlen(output)));
    running_save();
    free(output);
}

static const char *patience_path(void)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/patience", running_setting(EXAMINER_RECORDS));
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
        running_not_graded("there are no random numbers");
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

struct outcome running_drive(const char *directory, const char *program, const char *name,
                             struct drive drive)
{
    const char *given = drive.arguments == NULL ? "" : drive.arguments;
    char words[512];
    char *command[MOST_ARGUMENTS + 3] = {secret, (char *)name};
    snprintf(words, sizeof words, "%s", given);
    split(words, command + 2, MOST_ARGUMENTS + 1);
    make_secret();
    struct sandbox_job job = {
        .warden = running_setting(EXAMINER_WARDEN),
        .directory = directory,
        .program = program,
        .arguments = command,
        .input = drive.input,
        .input_size = drive.input_size,
        .answer_max = ANSWER_MAX,
        .companion = getenv(EXAMINER_COMPANION),
        .limits = limits_of_a_drive,
        .find_leaks = drive.find_leaks,
        .show = -1,
    };
    if (drive.processes > 0)
        job.limits.processes = drive.processes;
    if (running_setting(EXAMINER_SANITIZED)[0] == '1')
        limits_for_sanitizers(&job.limits);
    limits_used = job.limits;
    struct outcome outcome;
    expect_patience();
    sandbox_run((enum sandbox_level)running_setting(EXAMINER_LEVEL)[0], &job, &outcome);
    note_drive(name, given, &outcome);
    spend_patience(&outcome);
    if (outcome.fault[0] != '\0')
        running_not_graded(outcome.fault);
    if (WEXITSTATUS(outcome.report.wait_status) == DRIVER_BROKEN && answer_is_broken(&outcome, secret))
        running_not_graded("the drive could not do its part; its output says why");
    return outcome;
}
