// What build/grade promises to a learner: the list of exercises, hints one by one, drives by hand,
// advice.
#include "../grade/die.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(command_learner, .init = workbook_make, .fini = folder_remove, .timeout = 60);

Test(command_learner, lists_the_exercises_and_what_was_reached)
{
    struct ran ran = GRADE("list");
    expect_ran(&ran, 0, "  -          " TOY, NULL);
    cr_expect(strstr(ran.output, PROCESS) != NULL, PROCESS " is not listed: %s", ran.output);
    ran = GRADE(TOY);
    ran = GRADE("list");
    expect_ran(&ran, 0, "   10 / 10   " TOY, NULL);
    cr_expect(strstr(ran.output, "A toy   <- next") == NULL, "a finished exercise is the next: %s",
              ran.output);
    cr_expect(strstr(ran.output, "<- next") > strstr(ran.output, PROCESS), PROCESS " is not the next: %s",
              ran.output);
}

Test(command_learner, counts_an_exercise_as_unfinished_once_its_file_has_changed)
{
    struct stat graded;
    struct ran ran = GRADE(TOY);
    cr_assert(stat(in_its_workbook("build/progress/" TOY ".json"), &graded) == 0, "no progress is kept");
    struct timespec times[] = {graded.st_mtim, graded.st_mtim};
    times[1].tv_nsec += times[1].tv_nsec < 999999999; // as soon after it as can be
    cr_assert(utimensat(AT_FDCWD, in_its_workbook("exercises/" TOY "/toy.c"), times, 0) == 0,
              "utimensat");
    ran = GRADE("list");
    expect_ran(&ran, 0, "A toy   <- next", NULL);
}

Test(command_learner, keeps_no_progress_of_a_submission)
{
    make_folder(in_folder("submission"));
    write_text(in_folder("submission/toy.c"), "int toy;\n");
    struct ran ran = GRADE("--submission", in_folder("submission"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
    ran = GRADE("list");
    expect_ran(&ran, 0, "  -          " TOY, NULL);
}

static void expect_hints(int shown, int more)
{
    struct ran ran = GRADE("hint", TOY);
    expect_ran(&ran, 0, NULL, NULL);
    for (int hint = 1; hint <= 3; hint++)
        cr_expect((strstr(ran.output, text_of("Advice %d.", hint)) != NULL) == (hint <= shown),
                  "hint %d is %s: %s", hint, hint <= shown ? "not shown" : "shown too early", ran.output);
    cr_expect((strstr(ran.output, text_of("(%d of 3 hints", shown)) != NULL) == (more > 0),
              "it does not say that it was hint %d of 3: %s", shown, ran.output);
    cr_expect((strstr(ran.output, "All 3 hints") != NULL) == (more == 0),
              "it does not say rightly whether there are more hints: %s", ran.output);
}

Test(command_learner, shows_one_hint_more_each_time)
{
    write_text(in_its_workbook("exercises/" TOY "/README.md"),
               "# A toy\n## Hint 1\nAdvice 1.\n## Hint 2\nAdvice 2.\n## Hint 3\nAdvice 3.\n# Rules\n");
    expect_hints(1, 2);
    expect_hints(2, 1);
    expect_hints(3, 0);
    expect_hints(3, 0);
}

Test(command_learner, says_that_there_are_no_hints)
{
    struct ran ran = GRADE("hint", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "no such file");
    write_text(in_its_workbook("exercises/" TOY "/README.md"), "# A toy\n");
    ran = GRADE("hint", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "no hints");
}

Test(command_learner, runs_a_drive_by_hand)
{
    struct ran ran = GRADE("run", PROCESS, "exit_status", "status=7");
    expect_ran(&ran, 0, "running: 0, zombies: 0", NULL);
    cr_expect(strstr(ran.output, "exit_code                    7\n") != NULL,
              "the drive did not answer that the exit code is 7: %s", ran.output);
}

Test(command_learner, runs_a_drive_of_a_submission)
{
    write_text(in_its_workbook("exercises/" PROCESS "/process.c"), "not C\n");
    struct ran ran =
        GRADE("run", "--submission", in_workbook("solutions"), PROCESS, "exit_status", "status=9");
    expect_ran(&ran, 0, "exit_code                    9\n", NULL);
    ran = GRADE("run", "--submission", in_folder("nowhere"), PROCESS, "exit_status");
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "no such file");
}

Test(command_learner, lists_the_drives)
{
    struct ran ran = GRADE("run", PROCESS);
    expect_ran(&ran, 0, "exit_status", NULL);
    cr_expect(strstr(ran.output, "does your code end the whole program") == NULL,
              "the list of drives is followed by a reproach: %s", ran.output);
}

Test(command_learner, says_why_a_drive_cannot_be_built)
{
    write_text(in_its_workbook("exercises/" PROCESS "/process.c"), "not C\n");
    struct ran ran = GRADE("run", PROCESS, "exit_status");
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "error:");
    unlink(in_its_workbook("exercises/" PROCESS "/process.c"));
    ran = GRADE("run", PROCESS, "exit_status");
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "no such file");
}

Test(command_learner, says_what_comes_next)
{
    struct ran ran = GRADE("--next", TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "Edit:  exercises/" PROCESS "/process.c", NULL);
    cr_expect(strstr(ran.output, "solutions/") == NULL, "it points to a solution that is not there: %s",
              ran.output);
    make_folder(in_its_workbook("solutions"));
    make_folder(in_its_workbook("solutions/" TOY));
    write_text(in_its_workbook("solutions/" TOY "/toy.c"), "");
    ran = GRADE("--next", TOY);
    cr_expect(strstr(ran.output, "solutions/" TOY "/README.md") != NULL,
              "it does not point to the solution: %s", ran.output);
    write_examiner("exit 1\n");
    ran = GRADE("--next", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, "Edit:  exercises/" TOY "/toy.c", NULL);
}

Test(command_learner, asks_the_doctor)
{
    struct ran ran = GRADE("doctor");
    expect_ran(&ran, 0, "Sandbox: level ", NULL);
    cr_expect(strstr(ran.output, "usable") != NULL, "it does not tell the processors: %s", ran.output);
}
