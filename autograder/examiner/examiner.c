// What the tests of an exercise are written with; runs in the test's own process.
#define _GNU_SOURCE // strerrorname_np
#include "examiner.h"
#include "answer.h"
#include "ending.h"
#include "running.h"
#include "settings.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXTS = 8, TEXT_SIZE = 256 };

#define NO_ANSWER                                                                                        \
    "Its answer cannot be understood: does your code write to descriptors that it did not open?"

struct outcome drive(const char *name, struct drive drive)
{
    return running_drive(running_setting(EXAMINER_DIRECTORY), "drive", name, drive);
}

const char *ending(const struct outcome *outcome)
{
    static char text[512];
    ending_sentence(outcome, running_limits(), text, sizeof text);
    return text;
}

void expect_answer(const struct outcome *outcome)
{
    const char *sentence = ending(outcome);
    bool ended = outcome->reported && outcome->limit == LIMIT_NONE;
    bool answered = answer_count(outcome, running_secret()) > 0;
    cr_assert(ended && (answered || sentence[0] == '\0'), "%s", sentence);
    cr_assert(answered, NO_ANSWER);
}

void expect_one_answer(const struct outcome *outcome)
{
    cr_expect(
        answer_count(outcome, running_secret()) == 1,
        "%d answers came back from one program: a child has run on into its parent's code and answered, "
        "too. A child must end with _exit() when its function has returned.",
        answer_count(outcome, running_secret()));
}

void expect_clean(const struct outcome *outcome)
{
    const struct warden_report *report = &outcome->report;
    expect_answer(outcome);
    if (answer_count(outcome, running_secret()) != 1 || ending(outcome)[0] != '\0' ||
        report->left_running > 0 || report->zombies > 0)
        running_keep_last();
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
    static char texts[MOST_TEXTS][TEXT_SIZE];
    static int next;
    return texts[next++ % MOST_TEXTS];
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
        state = strtoull(running_setting(EXAMINER_SEED), NULL, 10) + 1;
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
