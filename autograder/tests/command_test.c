// What build/grade promises to those who call it (DESIGN and --help): its exit statuses, options,
// reports.
#include "../grade/die.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(command, .init = workbook_make, .fini = folder_remove, .timeout = 60);

static void expect_refused(struct ran ran, const char *why)
{
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, why);
    cr_expect(ran.output[0] == '\0', "a refused command has written \"%s\"", ran.output);
}

Test(command, gives_help)
{
    struct ran ran = GRADE("--help");
    expect_ran(&ran, 0, "exit status: 0 full marks, 1 marks lost, 2 could not grade", NULL);
    ran = GRADE("help");
    expect_ran(&ran, 0, "usage:", NULL);
    ran = GRADE("batch", "--help");
    expect_ran(&ran, 0, "usage:", NULL);
}

Test(command, refuses_what_it_does_not_know)
{
    expect_refused(GRADE("--no-such-option"), "--help");
    expect_refused(GRADE("no-such-exercise"), "no-such-exercise");
    expect_refused(GRADE(PROCESS, "no-such-exercise"), "no-such-exercise");
    expect_refused(GRADE("--format", "no-such-format"), "no-such-format");
    expect_refused(GRADE("--sandbox", "X"), "\"X\"");
    expect_refused(GRADE("--sandbox", "AA"), "\"AA\"");
    expect_refused(GRADE("--require-sandbox", ""), "\"\"");
    expect_refused(GRADE("--submission"), "--help");
    expect_refused(GRADE("hint", "no-such-exercise"), "no-such-exercise");
    expect_refused(GRADE("run", "no-such-exercise"), "no-such-exercise");
}

Test(command, refuses_a_seed_that_is_no_number)
{
    static const char *const seeds[] = {"", "x", "-1", " -1", "1x", "9223372036854775808", "0x1"};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
        expect_refused(GRADE("--seed", seeds[i], TOY), "seed");
}

Test(command, gives_full_marks_to_the_solution)
{
    struct ran ran = GRADE(PROCESS);
    expect_ran(&ran, EXIT_FULL_MARKS, "\n100 of 100 points", NULL);
    cr_expect(strstr(ran.output, "FAIL") == NULL, "a test has failed: %s", ran.output);
}

Test(command, knows_an_exercise_by_its_slug)
{
    struct ran ran = GRADE("toy");
    expect_ran(&ran, EXIT_FULL_MARKS, TOY "  A toy\n", NULL);
}

Test(command, grades_the_next_exercise_by_default)
{
    struct ran ran = run(grader(), NULL);
    expect_ran(&ran, EXIT_FULL_MARKS, TOY "  A toy\n", NULL);
    unlink(in_its_workbook("build/examiners/" PROCESS));
    ran = run(grader(), NULL); // the toy is finished
    expect_ran(&ran, EXIT_NOT_GRADED, PROCESS, NULL);
}

// Every test of the exercise must be listed as not reached, and no point be given.
static void expect_not_let_in(const char *submission, const char *why)
{
    struct ran ran = GRADE("--submission", submission, PROCESS);
    expect_ran(&ran, EXIT_MARKS_LOST, why, NULL);
    cr_expect(strstr(ran.output, "\n0 of 100 points") != NULL, "it does not give 0 of 100 points: %s",
              ran.output);
    cr_expect(strstr(ran.output, "  --      - /") != NULL, "no test is listed as not reached: %s",
              ran.output);
    cr_expect(strstr(ran.output, "pass ") == NULL && strstr(ran.output, "FAIL") == NULL &&
                  strstr(ran.output, "????") == NULL,
              "a test was run: %s", ran.output);
}

Test(command, tells_that_a_submission_is_missing)
{
    make_folder(in_folder("empty"));
    expect_not_let_in(in_folder("empty"), "There is no such file.");
}

// A mistake of whoever grades costs nobody any marks.
Test(command, refuses_a_submission_that_is_no_folder)
{
    struct ran ran = GRADE("--submission", in_folder("missing"), PROCESS);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "No such file or directory");
    ran = GRADE("--submission", "", PROCESS);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "No such file or directory");
    write_bytes(in_folder("file.c"), "x", 1);
    ran = GRADE("--submission", in_folder("file.c"), PROCESS);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "is not a folder");
}

Test(command, tells_that_a_submission_is_no_source)
{
    make_folder(in_folder("binary"));
    write_bytes(in_folder("binary/process.c"), "\177ELF\0\0\0\0", 8);
    expect_not_let_in(in_folder("binary"), "contains NUL bytes");
    make_folder(in_folder("folder"));
    make_folder(in_folder("folder/process.c"));
    expect_not_let_in(in_folder("folder"), "not a regular file");
}

Test(command, tells_that_a_submission_does_not_compile)
{
    make_folder(in_folder("junk"));
    write_text(in_folder("junk/process.c"), "\xff\xfe not C at all {{{ \033[31m \n");
    expect_not_let_in(in_folder("junk"), "does not compile");
    write_text(in_folder("junk/process.c"), "int main(void) { return 0; }\n");
    expect_not_let_in(in_folder("junk"), "main of its own");
    write_text(in_folder("junk/process.c"), "int x;\n");
    expect_not_let_in(in_folder("junk"), "process_create");
}

Test(command, finds_a_submission_in_a_folder_of_its_own)
{
    make_folder(in_folder("class"));
    make_folder(in_folder("class/" TOY));
    write_text(in_folder("class/" TOY "/toy.c"), "int toy;\n");
    struct ran ran = GRADE("--submission", in_folder("class"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "10 of 10 points", NULL);
    write_text(in_folder("class/toy.c"), ""); // the other place comes second
    ran = GRADE("--submission", in_folder("class"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "10 of 10 points", NULL);
}

static void expect_result(const char *text)
{
    json_error_t error;
    json_t *result = json_loads(text, 0, &error);
    cr_assert(result != NULL, "it is no JSON: %s: %s", error.text, text);
    const char *schema = json_string_value(json_object_get(result, "schema"));
    cr_expect(schema != NULL && strcmp(schema, "workbook/result/1") == 0, "its schema is \"%s\"", schema);
    cr_expect(json_array_size(json_object_get(result, "exercises")) == 1,
              "it does not have the exercise");
    json_decref(result);
}

Test(command, writes_json)
{
    struct ran ran = GRADE("--format", "json", TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
    expect_result(ran.output);
}

Test(command, writes_a_report_to_a_file)
{
    struct ran ran = GRADE("--output", in_folder("report"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
    cr_expect(ran.output[0] == '\0', "it has written \"%s\", too", ran.output);
    cr_expect(strstr(read_text(in_folder("report")), "10 of 10 points") != NULL,
              "the file has no report");
}

Test(command, writes_several_reports_at_once)
{
    struct ran ran = GRADE("--format", "json", "--output", in_folder("report.json"), "--format", "text",
                           "--format", "text", "--output", in_folder("report"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "10 of 10 points", NULL);
    expect_result(read_text(in_folder("report.json")));
    cr_expect(strcmp(read_text(in_folder("report")), ran.output) == 0, "two reports as text differ");
}

Test(command, cannot_grade_into_a_file_that_cannot_be_written)
{
    struct ran ran = GRADE("--output", in_folder("missing/report"), TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "missing/report");
    ran = GRADE("--output", "/dev/full", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "/dev/full");
}

// As some services start it.
Test(command, needs_no_standard_descriptors)
{
    struct ran ran = run("sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh", grader(), "--format", "json",
                         "--output", in_folder("result.json"), PROCESS, NULL);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
}

Test(command, gives_the_same_result_for_the_same_seed)
{
    struct ran first = GRADE("--seed", "5", "--format", "json", TOY);
    struct ran second = GRADE("--seed", "5", "--format", "json", TOY);
    cr_expect(strcmp(first.output, second.output) == 0, "two results differ: %s and %s", first.output,
              second.output);
    cr_expect(strstr(first.output, "\"seed\": 5") != NULL, "the seed is not told: %s", first.output);
}

Test(command, has_colours_on_a_terminal)
{
    unsetenv("NO_COLOR");
    cr_expect(strstr(ON_A_TERMINAL(STDOUT_FILENO, TOY), "\033[32mpass") != NULL,
              "there are no colours on a terminal");
    struct ran ran = GRADE(TOY);
    cr_expect(strchr(ran.output, '\033') == NULL, "there are colours, but there is no terminal");
}

Test(command, has_no_colours_if_no_color_is_set)
{
    setenv("NO_COLOR", "1", 1);
    cr_expect(strchr(ON_A_TERMINAL(STDOUT_FILENO, TOY), '\033') == NULL,
              "NO_COLOR is set, but there are colours");
}
