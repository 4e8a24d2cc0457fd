// What report.h promises of the text for people.
#include "../report/report.h"
#include "report_support.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 96, OUTPUT_LINES = 12, SANITIZER_LINES = 40 };

static char *text_report(const json_t *result, bool colours, int failures)
{
    const struct report_settings settings = {.colours = colours, .failures = failures};
    return report_make(report_format("text"), result, &settings);
}

// A result of one test that failed with this message and this output.
static char *report_built(bool sanitized, const char *message, const char *output)
{
    json_t *result = json_pack(
        "{s:s, s:{s:s, s:b, s:i, s:i}, s:i, s:i, s:[{s:s, s:s, s:s, s:{s:s, s:s}, s:s,"
        " s:[{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s}]}]}",
        "status", "graded", "environment", "sandbox", "A", "sanitized", sanitized, "usable_cpus", 2,
        "seed", 1, "points", 0, "max_points", 10, "exercises", "id", "08-pool", "title", "A pool", "file",
        "pool.c", "build", "status", "built", "message", "", "fault", "", "tests", "name", "some_test",
        "description", "it works", "status", "failed", "points", 0, "max_points", 10, "message", message,
        "output", output, "drive", "squares", "arguments", "");
    cr_assert(result != NULL, "the test's own result is malformed");
    char *text = text_report(result, false, REPORT_ALL_FAILURES);
    json_decref(result);
    return text;
}

static char *report_of(const char *message, const char *output)
{
    return report_built(false, message, output);
}

static void remove_colours(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        if (strncmp(from, "\033[", 2) == 0)
            from += strcspn(from, "m") + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
}

Test(report_text, has_colours_only_if_asked)
{
    json_t *result = fixed_result();
    char *plain = text_report(result, false, REPORT_ALL_FAILURES),
         *coloured = text_report(result, true, REPORT_ALL_FAILURES);
    cr_expect(strchr(plain, '\033') == NULL, "the report without colours has an escape sequence");
    cr_expect(strstr(coloured, "\033[32mpass\033[0m") != NULL && strstr(coloured, "\033[31mFAIL\033[0m"),
              "\"pass\" is not green, or \"FAIL\" is not red");
    remove_colours(coloured);
    cr_expect(strcmp(plain, coloured) == 0, "but for its colours the report has %s",
              first_difference(coloured, plain));
    free(plain);
    free(coloured);
    json_decref(result);
}

static void expect_no_long_line(const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        cr_expect(length <= WIDTH, "a line has %zu characters, at most %d are expected: \"%.*s\"", length,
                  WIDTH, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

Test(report_text, wraps_a_long_message_between_words)
{
    char message[2000] = "";
    for (int word = 0; word < 150; word++)
        snprintf(message + strlen(message), sizeof message - strlen(message), "%sword%d",
                 word > 0 ? " " : "", word);
    char *text = report_of(message, "");
    expect_no_long_line(text);
    for (int word = 0; word < 150; word++)
        cr_expect(strstr(text, text_of("word%d", word)) != NULL, "word%d is lost or cut", word);
    free(text);
}

Test(report_text, keeps_the_lines_of_a_message)
{
    char *text = report_of("first\n  indented\n\nlast", "");
    cr_expect(strstr(text, "    first\n") != NULL && strstr(text, "indented\n\n    last\n") != NULL,
              "the message's own lines are gone: %s", text);
    free(text);
}

Test(report_text, keeps_the_columns_of_a_compilers_message)
{
    char *text = report_of("    7 | int x\n      |      ^", "");
    cr_expect(strstr(text, "        7 | int x\n          |      ^\n") != NULL,
              "the mark is not below the place that it points to: %s", text);
    free(text);
}

Test(report_text, shows_a_word_that_is_longer_than_a_line)
{
    char word[301] = "";
    memset(word, 'w', 300);
    char *text = report_of(word, "");
    cr_expect(strstr(text, word) != NULL, "the long word is cut");
    free(text);
}

Test(report_text, shows_the_first_lines_of_the_output)
{
    char output[1000] = "";
    for (int line = 1; line <= OUTPUT_LINES + 1; line++)
        snprintf(output + strlen(output), sizeof output - strlen(output), "line %d.\n", line);
    char *text = report_of("wrong", output);
    cr_expect(strstr(text, text_of("| line %d.\n", OUTPUT_LINES)) != NULL, "line %d is not shown",
              OUTPUT_LINES);
    cr_expect(strstr(text, text_of("| line %d.\n", OUTPUT_LINES + 1)) == NULL, "line %d is shown",
              OUTPUT_LINES + 1);
    cr_expect(strstr(text, "| ... (there is more)") != NULL, "it does not say that there is more");
    free(text);
    *strstr(output, text_of("line %d", OUTPUT_LINES + 1)) = '\0';
    text = report_of("wrong", output);
    cr_expect(strstr(text, "| ... (there is more)") == NULL,
              "it says that there is more, but there is not");
    free(text);
}

Test(report_text, shows_more_lines_of_what_a_sanitizer_says)
{
    char output[1000] = "";
    for (int line = 1; line <= SANITIZER_LINES; line++)
        snprintf(output + strlen(output), sizeof output - strlen(output), "    #%d frame\n", line);
    char *text = report_built(true, "wrong", output);
    cr_expect(strstr(text, text_of("    #%d frame\n", SANITIZER_LINES)) != NULL,
              "the line of the learner's own code may be cut off: %s", text);
    free(text);
}

Test(report_text, says_where_sanitizers_can_tell_more)
{
    const struct {
        const char *message;
        bool sanitized, told;
    } cases[] = {
        {"It was ended by signal 6 (Aborted).", false, true},
        {"It was ended by signal 8 (Floating point exception).", false, true},
        {"It was ended by signal 11 (Segmentation fault).", false, true},
        {"It was ended by signal 11 (Segmentation fault).", true, false},
        {"It was ended by signal 9 (Killed).", false, false},
        {"It was ended by signal 15 (Terminated).", false, false},
        {"It gave 6, expected 11.", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = report_built(cases[i].sanitized, cases[i].message, "");
        bool told = strstr(text, "make grade E=08-pool SANITIZE=1") != NULL;
        cr_expect(told == cases[i].told, "\"%s\"%s: the report %s", cases[i].message,
                  cases[i].sanitized ? ", with sanitizers" : "",
                  told ? "leads to the sanitizers" : "does not lead to the sanitizers");
        free(text);
    }
}

Test(report_text, cuts_a_long_line_of_the_output)
{
    char output[5001] = "";
    memset(output, 'x', 5000);
    char *text = report_of("wrong", output);
    const char *line = strstr(text, "| xxx");
    cr_assert(line != NULL, "the line is not shown at all");
    cr_expect(strcspn(line, "\n") < 250, "the line is shown with %zu characters", strcspn(line, "\n"));
    cr_expect(strstr(line, "...\n") != NULL, "it does not say that the line was cut");
    free(text);
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

// Those of the first exercise.
static void keep_two_failures(json_t *exercises)
{
    while (json_array_size(exercises) > 1)
        json_array_remove(exercises, 1);
}

Test(report_text, shows_as_many_failures_as_asked_and_counts_the_others)
{
    json_t *result = fixed_result();
    keep_two_failures(json_object_get(result, "exercises"));
    for (int shown = 0; shown <= 2; shown++) {
        char *text = text_report(result, false, shown);
        int found = count_of(text, "  survives_a_crash (") + count_of(text, "  leaves_nothing (");
        cr_expect(found == shown, "%d failures are shown, expected %d", found, shown);
        cr_expect(strstr(text, text_of("details of %d more", 2 - shown)) != NULL || shown == 2,
                  "it does not say that %d failures are left out", 2 - shown);
        cr_expect(strstr(text, "more:") == NULL || shown < 2, "it says that failures are left out");
        free(text);
    }
    json_decref(result);
}

Test(report_text, shows_tests_that_were_not_run_last)
{
    json_t *result = fixed_result();
    json_t *exercises = json_object_get(result, "exercises");
    json_t *test = NULL, *first = NULL;
    size_t index;
    keep_two_failures(exercises);
    json_array_foreach (json_object_get(json_array_get(exercises, 0), "tests"), index, test)
        if (first == NULL && strcmp(json_string_value(json_object_get(test, "status")), "failed") == 0)
            first = test;
    cr_assert(first != NULL, "no test has failed");
    json_object_set_new(first, "message", json_string("Not run: too much of it did not end."));
    char *text = text_report(result, false, 1);
    cr_expect(strstr(text, "Not run:") == NULL, "the one that was not run is shown: %s", text);
    free(text);
    text = text_report(result, false, 2);
    cr_expect(strstr(text, "Not run:") != NULL, "the one that was not run is never shown: %s", text);
    free(text);
    json_decref(result);
}

Test(report_text, names_the_command_that_runs_the_drive_by_hand)
{
    char *text = report_of("wrong", "");
    cr_expect(strstr(text, "make run E=08-pool D=squares\n") != NULL, "there is no such command: %s",
              text);
    free(text);
}

Test(report_text, tells_whose_modules_were_used)
{
    json_t *result = fixed_result();
    json_t *exercises = json_object_get(result, "exercises");
    json_object_set_new(json_object_get(result, "environment"), "library", json_string("mine"));
    json_object_set_new(json_array_get(exercises, 0), "uses",
                        json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "id", "02-process", "whose",
                                  "learner", "reason", "", "id", "07-queue", "whose", "solution",
                                  "reason", "there is no queue.c"));
    json_object_set_new(json_array_get(exercises, 1), "uses", json_array());
    char *text = text_report(result, false, 1);
    cr_expect(strstr(text, "  It uses 02-process: yours.\n"
                           "  It uses 07-queue: the solution's, for there is no queue.c.\n") != NULL,
              "the modules are not told: %s", text);
    cr_expect(count_of(text, "It uses no other module.") == 1, "it does not say that there are none");
    cr_expect(strstr(text, "D=\"crash worker=2 times=1\" LIBRARY=mine\n") != NULL &&
                  strstr(text, "ALL=1 LIBRARY=mine\n") != NULL,
              "a command would use another library: %s", text);
    free(text);
    json_decref(result);
}
