// What build/grade promises of the sandbox's level: it is found, told, chosen and required.
#include "../grade/die.h"
#include "../report/report.h"
#include "command_support.h"
#include "refusing.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(command_sandbox, .init = workbook_make, .fini = folder_remove, .timeout = 120);

static void expect_graded(const struct ran *ran, const char *level)
{
    if (strstr(ran->errors, "does not hold") != NULL)
        cr_skip_test("%s", ran->errors);
    expect_ran(ran, EXIT_FULL_MARKS, level, NULL);
}

Test(command_sandbox, grades_at_the_level_that_is_asked_for)
{
    struct ran ran = GRADE("--sandbox", "C", TOY);
    expect_graded(&ran, "sandbox C");
    ran = GRADE("--sandbox", "B", TOY);
    expect_graded(&ran, "sandbox B");
    ran = GRADE("--sandbox", "A", TOY);
    expect_graded(&ran, "sandbox A");
}

Test(command_sandbox, requires_a_level_or_a_better_one)
{
    struct ran ran = GRADE("--sandbox", "C", "--require-sandbox", "C", TOY);
    expect_graded(&ran, "sandbox C");
    ran = GRADE("--sandbox", "C", "--require-sandbox", "B", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level B is required, but this would be level C");
    ran = GRADE("--sandbox", "C", "--require-sandbox", "A", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level A is required, but this would be level C");
    ran = GRADE("--sandbox", "B", "--require-sandbox", "A", TOY);
    if (strstr(ran.errors, "does not hold") == NULL)
        expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level A is required, but this would be level B");
    ran = GRADE("--sandbox", "B", "--require-sandbox", "B", TOY);
    expect_graded(&ran, "sandbox B");
}

// What a report has to say, or has hidden in base64.
static void expect_reason_in(const struct report_format *format, const char *text)
{
    if (strcmp(format->name, "github-result") == 0) {
        write_text(in_folder("encoded"), strchr(text, '=') + 1);
        text = run("base64", "-d", in_folder("encoded"), NULL).output;
    }
    cr_expect(strstr(text, "Could not grade: sandbox level B is required, but this would be level C") !=
                  NULL,
              "the report as %s does not say why: %s", format->name, text);
}

Test(command_sandbox, that_does_not_suffice_is_told_in_every_report)
{
    size_t count;
    json_error_t error;
    const struct report_format *formats = report_formats(&count);
    write_examiner(text_of("touch %s\n", in_folder("it-ran")));
    struct ran ran = GRADE("--sandbox", "C", "--require-sandbox", "B", "--format", "json", "--output",
                           in_folder("result.json"), TOY, PROCESS);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level B is required");
    json_t *result = json_load_file(in_folder("result.json"), 0, &error);
    cr_assert(result != NULL, "there is no result: %s", error.text);
    cr_expect(json_array_size(json_object_get(result, "exercises")) == 2, "an exercise is missing");
    cr_expect_str_eq(json_string_value(json_object_get(result, "status")), "not_graded");
    for (size_t i = 0; i < count; i++) {
        char *text = report_make(&formats[i], result, &(struct report_settings){.failures = 1});
        expect_reason_in(&formats[i], text);
        free(text);
    }
    json_decref(result);
    cr_expect(access(in_folder("it-ran"), F_OK) == -1, "the tests were run all the same");
    cr_expect(access(in_its_workbook("build/progress"), F_OK) == -1, "it counts as progress");
}

// Where not even limits hold, nothing is run: a warden that does nothing is none.
Test(command_sandbox, that_does_not_hold_grades_nothing)
{
    unlink(in_its_workbook("build/warden"));
    copy("/bin/true", in_its_workbook("build/warden"));
    struct ran ran = GRADE(TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, "Could not grade: the sandbox does not hold at level C here: ",
               "grade: the sandbox does not hold at level C here: ");
    ran = GRADE("--sandbox", "B", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED,
               "Could not grade: the sandbox does not hold at level B here: ", NULL);
    make_folder(in_folder("class"));
    ran = GRADE("batch", "--require-sandbox", "C", in_folder("class"));
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "grade: the sandbox does not hold at level C here: ");
    ran = GRADE("check", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "grade: the sandbox holds at no level here: ");
    ran = GRADE("doctor");
    expect_ran(&ran, 0, "Sandbox: none works here, and nothing can be graded: ", NULL);
}

// The prover tries what holds once to find the best level and once to find all: never for each claim.
Test(command_sandbox, is_not_tried_for_each_claim)
{
    struct ran ran = GRADE("--sandbox", "A", TOY);
    expect_graded(&ran, "sandbox A");
    make_folder(in_its_workbook("solutions"));
    make_folder(in_its_workbook("solutions/" TOY));
    write_text(in_its_workbook("solutions/" TOY "/toy.c"), "int toy;\n");
    count_canaries();
    ran =
        GRADE("check", TOY); // without mutants it has claims that fail: here they only have to be proved
    expect_ran(&ran, EXIT_MARKS_LOST, "with AddressSanitizer and UBSan", NULL);
    cr_expect(strstr(ran.output, "ok ") != NULL, "no claim is proved: %s", ran.output);
    cr_expect(canaries_counted() == 2, "there were %d canaries", canaries_counted());
}

// The whole of an exercise, as in a container that refuses namespaces.
Test(command_sandbox, grades_without_namespaces)
{
    struct ran ran = GRADE("--sandbox", "B", TOY);
    expect_graded(&ran, "sandbox B");
    refuse_namespaces(0);
    ran = GRADE("--require-sandbox", "B", PROCESS);
    expect_ran(&ran, EXIT_FULL_MARKS, "100 of 100 points   sandbox B", NULL);
    ran = GRADE("--require-sandbox", "A", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level A is required, but this would be level B: A: ");
    ran = GRADE("--sandbox", "A", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "does not hold at level A here");
    ran = GRADE("doctor");
    expect_ran(&ran, 0, "Sandbox: level B, restricted", NULL);
    cr_expect(strstr(ran.output, "Why not better: A: ") != NULL, "it does not say why: %s", ran.output);
}

Test(command_sandbox, grades_ones_own_code_where_nothing_can_be_had)
{
    refuse_namespaces(EOPNOTSUPP);
    struct ran ran = GRADE(TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "sandbox C", NULL);
    ran = GRADE("--require-sandbox", "B", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "level B is required, but this would be level C");
    ran = GRADE("doctor");
    expect_ran(&ran, 0, "Sandbox: level C, bounded", NULL);
    cr_expect(strstr(ran.output, "lsm=") != NULL, "it does not say how to get Landlock: %s", ran.output);
}
