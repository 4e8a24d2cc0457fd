// What hostile.h promises: heads are read or refused, a report's texts are found whatever its white
// space, and a submission is put together from what it brings and the rest.
#include "../grade/hostile.h"
#include "support.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(hostile, .init = folder_make, .fini = folder_remove, .timeout = 20);

static const char good[] = "// Never ends.\n"
                           "// levels: A C\n"
                           "// points: 7\n"
                           "// brings: job_start job_join\n"
                           "// says: an endless loop\n"
                           "// says C: by hand\n"
                           "//\n"
                           "int x;\n"
                           "// says: not of the head\n";

static struct hostile read_head(const char *text)
{
    struct hostile hostile;
    write_text(in_folder("hostile.c"), text);
    cr_assert(hostile_read(in_folder("hostile.c"), &hostile), "it is refused:\n%s", text);
    return hostile;
}

// Refuses the good head without its line that begins with `missing`.
static void expect_refused_without(const char *missing)
{
    char text[sizeof good];
    struct hostile hostile;
    const char *line = strstr(good, missing);
    const char *next = strchr(line, '\n') + 1;
    snprintf(text, sizeof text, "%.*s%s", (int)(line - good), good, next);
    write_text(in_folder("incomplete.c"), text);
    cr_expect(!hostile_read(in_folder("incomplete.c"), &hostile), "it is read:\n%s", text);
}

static void expect_refused(const char *text)
{
    struct hostile hostile;
    write_text(in_folder("wrong.c"), text);
    cr_expect(!hostile_read(in_folder("wrong.c"), &hostile), "it is read:\n%s", text);
}

static void expect_missing(const char *text, const char *report, bool expected)
{
    struct hostile hostile = {.says_count = 1};
    snprintf(hostile.says[0].text, sizeof hostile.says[0].text, "%s", text);
    const char *missing = hostile_missing(&hostile, 'A', report);
    cr_expect((missing != NULL) == expected, "\"%s\" is %s in \"%s\"", text,
              missing == NULL ? "found" : "missing", report);
}

static void expect_made(const char *brings, const char *expected)
{
    struct hostile hostile = {0};
    snprintf(hostile.brings, sizeof hostile.brings, "%s", brings);
    write_text(in_folder("attack.c"), "int \xff;");
    write_text(in_folder("rest.h"), "int rest;\n");
    int made = hostile_make(in_folder("attack.c"), &hostile, in_folder("rest.h"), in_folder("made.c"));
    cr_assert(made == 0, "it cannot be made");
    char *text = read_text(in_folder("made.c"));
    cr_expect(strcmp(text, expected) == 0, "with \"%s\" it is:\n%s", brings, text);
    free(text);
}

Test(hostile, reads_a_head)
{
    struct hostile hostile = read_head(good);
    cr_expect(hostile.least_points == 7 && hostile.most_points == 7, "points: %d to %d",
              hostile.least_points, hostile.most_points);
    cr_expect(strcmp(hostile.brings, "job_start job_join") == 0, "brings: \"%s\"", hostile.brings);
    cr_assert(hostile.says_count == 2, "says: %d texts", hostile.says_count);
    cr_expect(hostile.says[0].level == '\0' && strcmp(hostile.says[0].text, "an endless loop") == 0,
              "says: \"%s\"", hostile.says[0].text);
    cr_expect(hostile.says[1].level == 'C' && strcmp(hostile.says[1].text, "by hand") == 0,
              "says C: \"%s\"", hostile.says[1].text);
}

Test(hostile, reads_the_levels)
{
    struct hostile both = read_head(good);
    cr_expect(strcmp(both.levels, "AC") == 0, "levels: \"%s\"", both.levels);
    struct hostile one = read_head("// levels: C\n// points: 0\n// brings: nothing\n// says: x\n");
    cr_expect(strcmp(one.levels, "C") == 0, "levels: \"%s\"", one.levels);
}

Test(hostile, reads_points_that_vary)
{
    struct hostile hostile =
        read_head("// levels: C\n// points: 33 to 41\n// brings: nothing\n// says: x\n");
    cr_expect(hostile.least_points == 33 && hostile.most_points == 41, "points: %d to %d",
              hostile.least_points, hostile.most_points);
}

Test(hostile, fits_the_texts_to_an_exercise)
{
    struct hostile hostile = read_head("// levels: C\n// points: 0\n// brings: nothing\n// says: x\n"
                                       "// says: {module}.c has none\n// says: so {failure}, it says\n");
    write_text(in_folder("rest.h"), "// The rest.\n// failure: job_start() gave -1\n//\nint rest;\n");
    cr_assert(hostile_fit(&hostile, "job", in_folder("rest.h")), "the failure is not found");
    cr_expect(strcmp(hostile.says[0].text, "x") == 0, "says: \"%s\"", hostile.says[0].text);
    cr_expect(strcmp(hostile.says[1].text, "job.c has none") == 0, "says: \"%s\"", hostile.says[1].text);
    cr_expect(strcmp(hostile.says[2].text, "so job_start() gave -1, it says") == 0, "says: \"%s\"",
              hostile.says[2].text);
}

Test(hostile, fits_nothing_to_a_rest_without_a_failure)
{
    struct hostile hostile = read_head(good);
    write_text(in_folder("rest.h"), "// The rest.\nint rest;\n// failure: below the head\n");
    cr_expect(!hostile_fit(&hostile, "job", in_folder("rest.h")), "a failure is found below the head");
    cr_expect(!hostile_fit(&hostile, "job", in_folder("no.h")), "a failure is found in no file");
}

Test(hostile, refuses_an_incomplete_head)
{
    expect_refused_without("// levels:");
    expect_refused_without("// points:");
    expect_refused_without("// brings:");
    expect_refused("// levels: A\n// points: 0\n// brings: nothing\n");
    expect_refused("// levels: A\n// points: 0\n// brings:\n// says: x\n");
    expect_refused("// levels: A\n// points: -1\n// brings: nothing\n// says: x\n");
    expect_refused("// levels:\n// points: 0\n// brings: nothing\n// says: x\n");
    expect_refused("");
}

Test(hostile, refuses_what_stands_below_the_head)
{
    expect_refused("// levels: A\n// points: 0\n// says: x\nint x;\n// brings: nothing\n");
}

Test(hostile, refuses_a_file_that_is_not_there)
{
    struct hostile hostile;
    cr_expect(!hostile_read(in_folder("missing.c"), &hostile), "a file that is not there is read");
}

Test(hostile, finds_a_text_whatever_the_white_space)
{
    expect_missing("an endless loop", "It is an endless loop.", false);
    expect_missing("an endless loop", "It is an\n      endless\tloop.", false);
    expect_missing("an  endless loop", "an endless loop", false);
    expect_missing("aab", "aaab", false);
}

Test(hostile, finds_one_of_several_texts)
{
    expect_missing("this | that | a third", "this", false);
    expect_missing("this | that | a third", "that", false);
    expect_missing("this | that | a third", "a third", false);
    expect_missing("this | that | a third", "| a", true);
    expect_missing("this|that", "this", true);
}

Test(hostile, finds_no_text_that_is_not_there)
{
    expect_missing("an endless loop", "an endlessloop", true);
    expect_missing("an endless loop", "an endless", true);
    expect_missing("endless", "end less", true);
    expect_missing("endless", "", true);
}

Test(hostile, looks_for_a_text_at_its_level_only)
{
    struct hostile hostile = read_head(good);
    const char *missing = hostile_missing(&hostile, 'A', "an endless loop");
    cr_expect(missing == NULL, "at level A \"%s\" is missing", missing);
    missing = hostile_missing(&hostile, 'C', "an endless loop");
    cr_expect(missing != NULL && strcmp(missing, "by hand") == 0, "at level C nothing is missing");
    cr_expect(hostile_missing(&hostile, 'C', "an endless loop, by hand") == NULL, "a text is missing");
}

Test(hostile, is_put_together)
{
    expect_made(
        "job_start job_join",
        "int \xff;\n#define BRINGS_job_start\n#define BRINGS_job_join\n#line 1 \"rest.h\"\nint rest;\n");
    expect_made("nothing", "int \xff;\n#define BRINGS_nothing\n#line 1 \"rest.h\"\nint rest;\n");
    expect_made("everything", "int \xff;");
}

Test(hostile, is_not_made_without_its_parts)
{
    struct hostile hostile = {.brings = "nothing"};
    write_text(in_folder("attack.c"), "int x;\n");
    cr_expect(hostile_make(in_folder("attack.c"), &hostile, in_folder("no.h"), in_folder("made.c")) == -1,
              "it is made without the rest");
    cr_expect(hostile_make(in_folder("no.c"), &hostile, in_folder("attack.c"), in_folder("made.c")) == -1,
              "it is made without the attack");
    cr_expect(hostile_make(in_folder("attack.c"), &hostile, in_folder("attack.c"), in_folder("no/x")) ==
                  -1,
              "it is made in a folder that is not there");
}
