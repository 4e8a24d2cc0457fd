// What build/grade promises of the sandbox's level: it is found, told, chosen and required.
#include "../grade/die.h"
#include "command_support.h"
#include "refusing.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
