// What ending.h promises: a sentence for each way in which a drive can fail, and none for a clean end.
#include "../driver/driver.h"
#include "../examiner/ending.h"
#include "../sandbox/limits.h"
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct limits limits = {
    .time_ms = 12000, .processes = 34, .tree_mib = 56, .cpu_seconds = 7, .file_mib = 9, .files_mib = 78};

static struct outcome ended_with(int wait_status)
{
    return (struct outcome){
        .reported = true, .report = {.ended = true, .wait_status = wait_status}, .answer_size = 1};
}
#define STATUS(number) ((number) << 8) // as waitpid(2) gives an exit status

static const char *sentence_of(const struct outcome *outcome)
{
    static char text[512];
    memset(text, 'x', sizeof text);
    ending_sentence(outcome, &limits, text, sizeof text);
    return text;
}

// Expects that the sentence says `this` and, if it is not NULL, `that`.
static void expect_says(const struct outcome *outcome, const char *this, const char *that)
{
    const char *sentence = sentence_of(outcome);
    cr_expect(strstr(sentence, this) != NULL, "the sentence is \"%s\", expected \"%s\" in it", sentence,
              this);
    cr_expect(that == NULL || strstr(sentence, that) != NULL,
              "the sentence is \"%s\", expected \"%s\" in it", sentence, that);
}

static struct outcome limited_by(enum limit limit, const char *waiting)
{
    struct outcome outcome = {.reported = true, .limit = limit, .report = {.limit = limit}};
    snprintf(outcome.report.waiting, sizeof outcome.report.waiting, "%s", waiting);
    return outcome;
}

Test(ending, that_is_clean_needs_no_sentence)
{
    struct outcome outcome = ended_with(0);
    cr_expect(sentence_of(&outcome)[0] == '\0', "a clean end is told as \"%s\"", sentence_of(&outcome));
}

Test(ending, without_an_answer_is_told)
{
    struct outcome outcome = ended_with(0);
    outcome.answer_size = 0;
    expect_says(&outcome, "before it could answer", "status 0");
}

Test(ending, with_a_status_tells_it)
{
    struct outcome outcome = ended_with(STATUS(7));
    expect_says(&outcome, "status 7", "_exit");
}

Test(ending, by_a_sanitizer_points_to_its_report)
{
    char text[512];
    struct limits for_sanitizers = limits;
    struct outcome outcome = ended_with(STATUS(ENDING_SANITIZER));
    limits_for_sanitizers(&for_sanitizers);
    ending_sentence(&outcome, &for_sanitizers, text, sizeof text);
    cr_expect(strstr(text, "sanitizer") != NULL && strstr(text, "output") != NULL,
              "the sentence is \"%s\"", text);
    expect_says(&outcome, "status 99", "exit"); // built without sanitizers it is a status like any other
}

Test(ending, near_the_memory_limit_names_it)
{
    struct limits with_memory = limits;
    char text[512];
    struct outcome outcome = ended_with(SIGSEGV);
    with_memory.memory_mib = 100;
    outcome.report.peak_mib = 79;
    ending_sentence(&outcome, &with_memory, text, sizeof text);
    cr_expect(strstr(text, "100 MiB") == NULL, "far from the limit the sentence is \"%s\"", text);
    outcome.report.peak_mib = 80;
    ending_sentence(&outcome, &with_memory, text, sizeof text);
    cr_expect(strstr(text, "one process may have 100 MiB") != NULL,
              "near the limit the sentence is \"%s\"", text);
}

Test(ending, of_a_drive_that_ran_out_of_something_says_so)
{
    struct outcome outcome = ended_with(STATUS(DRIVER_EXHAUSTED));
    expect_says(&outcome, "ran out of", "give back");
}

Test(ending, with_a_closed_answer_tells_why)
{
    struct outcome outcome = ended_with(STATUS(DRIVER_SILENCED));
    expect_says(&outcome, "answer could not be sent", "close");
}

Test(ending, by_a_signal_tells_its_number_and_name)
{
    struct outcome outcome = ended_with(SIGSEGV);
    expect_says(&outcome, "signal 11", "Segmentation fault");
}

Test(ending, by_a_limit_of_the_kernel_tells_which)
{
    struct outcome outcome = ended_with(SIGXCPU);
    expect_says(&outcome, "7 s of processor time", "endless loop");
    outcome = ended_with(SIGXFSZ);
    expect_says(&outcome, "file larger than 9 MiB", NULL);
}

Test(ending, by_time_tells_how_long_and_what_it_waited_for)
{
    struct outcome outcome = limited_by(LIMIT_TIME, "the program waits in read");
    expect_says(&outcome, "after 12 s", "the program waits in read");
    outcome = limited_by(LIMIT_TIME, "");
    expect_says(&outcome, "after 12 s", NULL);
    cr_expect(strstr(sentence_of(&outcome), "At that moment") == NULL,
              "it tells what it was waiting in, but that is not known: \"%s\"", sentence_of(&outcome));
}

Test(ending, by_a_standstill_tells_what_it_waited_for)
{
    struct outcome outcome = limited_by(LIMIT_STALL, "the program waits in waitpid");
    expect_says(&outcome, "stuck", "the program waits in waitpid");
    outcome = limited_by(LIMIT_STALL, "");
    expect_says(&outcome, "stuck", NULL);
    cr_expect(strstr(sentence_of(&outcome), "(") == NULL, "there are empty brackets: \"%s\"",
              sentence_of(&outcome));
}

Test(ending, by_a_stop_is_told_apart_from_a_standstill)
{
    struct outcome outcome = limited_by(LIMIT_STALL, "");
    outcome.report.stopped = true;
    expect_says(&outcome, "SIGSTOP", NULL);
}

Test(ending, by_a_limit_of_the_sandbox_tells_which)
{
    struct outcome outcome = limited_by(LIMIT_PROCESSES, "");
    expect_says(&outcome, "more than 34 processes", "parent's code");
    outcome = limited_by(LIMIT_MEMORY, "");
    expect_says(&outcome, "more than 56 MiB of memory", NULL);
    outcome = limited_by(LIMIT_FILES, "");
    expect_says(&outcome, "files together took more than 78 MiB", NULL);
    outcome = limited_by(LIMIT_OUTPUT, "");
    expect_says(&outcome, "16 MiB of output", NULL);
}

Test(ending, of_the_warden_tells_the_signal)
{
    struct outcome outcome = {.reported = false, .warden_status = SIGKILL};
    expect_says(&outcome, "signal 9", "getppid()");
}

Test(ending, fits_into_the_room_there_is)
{
    struct outcome outcome = limited_by(LIMIT_STALL, "the program waits in read");
    char text[20];
    memset(text, 'x', sizeof text);
    ending_sentence(&outcome, &limits, text, 10);
    cr_expect(strlen(text) == 9 && text[10] == 'x', "a sentence for 10 bytes has %zu", strlen(text));
}
