// What build/grade promises of --library mine: an exercise is built with the learner's other modules.
#include "../grade/die.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE "03-one"
#define TWO "04-two"

// Two exercises more, whose kits are made as the Makefile makes them: one() of the solution gives 1, and
// two() is to give one more than one(). The drive tells what two() gives.
static const char make_kits[] =
    "set -e; cd \"$0\"\n"
    "for id in " ONE " " TWO "\n"
    "do\n"
    "    mkdir -p $id/include\n"
    "    cp " PROCESS "/compile.sh $id\n"
    "    echo 'int one(void);' >$id/include/one.h\n"
    "    echo ${id#*-} >$id/api\n"
    "    : >$id/led\n"
    "    : >$id/functions\n"
    "    gcc -DNAME=${id#*-} -c main.c -o $id/drives.o\n"
    "    ar rcs $id/library.a\n"
    "done\n"
    "echo 'int one(void); int one(void) { return 1; }' | gcc -x c -c - -o one.o\n"
    "ar rcs " TWO "/library.a one.o\n"
    "echo 'one one.c' >" TWO "/functions\n";

static const char drive[] = "#include <stdio.h>\n"
                            "int NAME(void);\n"
                            "int main(void)\n"
                            "{ printf(\"it gives %d.\\n\", NAME()); return 0; }\n";

static void write_module(const char *id, const char *slug, const char *text)
{
    write_text(in_its_workbook(text_of("exercises/%s/%s.c", id, slug)), text);
}

static void make(void)
{
    workbook_make();
    write_text(in_its_workbook("build/kit/main.c"), drive);
    struct ran ran = run("sh", "-c", make_kits, in_its_workbook("build/kit"), NULL);
    cr_assert(ran.status == 0, "the kits cannot be made: %s", ran.errors);
    make_folder(in_its_workbook("exercises/" ONE));
    make_folder(in_its_workbook("exercises/" TWO));
    write_module(ONE, "one", "int one(void) { return 10; }\n");
    write_module(TWO, "two", "#include \"one.h\"\nint two(void) { return one() + 1; }\n");
}

TestSuite(command_library, .init = make, .fini = folder_remove, .timeout = 60);

// Makes the examiner of TWO: its one test passes if two() gives `number`.
static void expect_number(int number)
{
    const char *path = in_its_workbook("build/examiners/" TWO);
    write_text(path, text_of("#!/bin/sh\nexec >>/proc/self/fd/$EXAMINER_VERDICTS\n"
                             "echo '{\"expected\": [{\"suite\": \"two\", \"name\": \"adds\","
                             " \"description\": \"it adds\", \"max_points\": 10}]}'\n"
                             "status=not_reached\n"
                             "if test -n \"$EXAMINER_DIRECTORY\"\n"
                             "then\n"
                             "    status=failed\n"
                             "    test \"$(\"$EXAMINER_DIRECTORY/drive\")\" != 'it gives %d.' || "
                             "status=passed\n"
                             "fi\n"
                             "echo \"{\\\"suite\\\": \\\"two\\\", \\\"name\\\": \\\"adds\\\","
                             " \\\"status\\\": \\\"$status\\\"}\"\n"
                             "echo '{\"end\": 1}'\n",
                             number));
    cr_assert(chmod(path, 0755) == 0, "chmod: %s", strerror(errno));
}

// Grades TWO with the learner's library.
static void expect_graded(int number, int status, const char *output)
{
    expect_number(number);
    struct ran ran = GRADE("--library", "mine", TWO);
    expect_ran(&ran, status, output, NULL);
}

Test(command_library, is_the_solutions_unless_it_is_asked_for)
{
    expect_number(2);
    struct ran ran = GRADE(TWO);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
    cr_expect(strstr(ran.output, "It uses") == NULL, "the report tells modules: %s", ran.output);
    ran = GRADE("--library", "solutions", TWO);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
}

Test(command_library, takes_the_learners_module)
{
    expect_graded(11, EXIT_FULL_MARKS, "  It uses " ONE ": yours.\n");
}

Test(command_library, takes_the_solutions_module_for_a_stub)
{
    write_module(ONE, "one", "int one(void) { return 0; } // TODO(learner)\n");
    expect_graded(2, EXIT_FULL_MARKS,
                  "  It uses " ONE ": the solution's, for exercises/" ONE "/one.c still says "
                  "TODO(learner).\n");
}

Test(command_library, takes_the_solutions_module_for_one_that_is_missing)
{
    unlink(in_its_workbook("exercises/" ONE "/one.c"));
    expect_graded(2, EXIT_FULL_MARKS,
                  "  It uses " ONE ": the solution's, for there is no exercises/" ONE "/one.c.\n");
}

Test(command_library, has_no_program_without_a_module_that_does_not_compile)
{
    write_module(ONE, "one", "int one(void) { return }\n");
    expect_graded(2, EXIT_MARKS_LOST, "It uses " ONE ", and exercises/" ONE "/one.c cannot be built:");
    expect_graded(2, EXIT_MARKS_LOST, "one.c:1:24: error:");
    expect_graded(2, EXIT_MARKS_LOST, "\n0 of 10 points");
}

Test(command_library, has_no_program_without_a_module_that_is_refused)
{
    write_module(ONE, "one",
                 "int number;\n__attribute__((constructor)) static void early(void) { number = 10; }\n"
                 "int one(void) { return number; }\n");
    expect_graded(10, EXIT_MARKS_LOST, "code that runs before main");
    unlink(in_its_workbook("exercises/" ONE "/one.c"));
    cr_assert(symlink("/etc/passwd", in_its_workbook("exercises/" ONE "/one.c")) == 0, "symlink");
    expect_graded(2, EXIT_MARKS_LOST, "It is a symbolic link");
}

Test(command_library, does_not_mind_a_broken_module_that_is_not_used)
{
    write_module(ONE, "one", "not C\n");
    write_module(TWO, "two", "int two(void) { return 7; }\n");
    expect_graded(7, EXIT_FULL_MARKS, "  It uses no other module.\n");
}

Test(command_library, names_a_function_that_a_module_lacks)
{
    write_module(ONE, "one", "int won(void) { return 1; }\n");
    expect_graded(2, EXIT_MARKS_LOST,
                  "two.c or a module that it uses calls one(), and one.c has no such function.");
}

Test(command_library, keeps_the_modules_names_apart)
{
    write_module(ONE, "one",
                 "int help(void) { return 10; }\nint two(void) { return 5; }\n"
                 "int puts(const char *text) { return *text; }\n"
                 "int one(void) { return help(); }\n");
    write_module(TWO, "two",
                 "#include \"one.h\"\nint help(void) { return 1; }\n"
                 "int two(void) { return one() + help(); }\n");
    expect_graded(11, EXIT_FULL_MARKS, "yours");
}

// What the compiler says of a source can hold any text. The linker's map could, too, by a section's name.
Test(command_library, believes_no_source_about_what_is_used)
{
    write_module(TWO, "two", "#pragma message \"\\nlinked: one \\n\"\nint two(void) { return 7; }\n");
    expect_graded(7, EXIT_FULL_MARKS, "  It uses no other module.\n");
    write_module(TWO, "two",
                 "__asm__(\".section \\\".a\\\\nlibrary.a(one.o)\\\\n\\\", \\\"aw\\\"\\n.text\\n\");\n"
                 "int two(void) { return 7; }\n");
    expect_graded(7, EXIT_MARKS_LOST, "has a section of its own");
}

Test(command_library, comes_from_the_submission)
{
    make_folder(in_folder("class"));
    copy(in_its_workbook("exercises/" TWO), in_folder("class"));
    write_text(in_folder("class/one.c"), "int one(void) { return 20; }\n");
    expect_number(21);
    struct ran ran = GRADE("--submission", in_folder("class"), "--library", "mine", TWO);
    expect_ran(&ran, EXIT_FULL_MARKS, "  It uses " ONE ": yours.\n", NULL);
}

Test(command_library, is_told_in_the_result)
{
    expect_number(11);
    struct ran ran = GRADE("--library", "mine", "--format", "json", TWO);
    expect_ran(&ran, EXIT_FULL_MARKS, "\"library\": \"mine\"", NULL);
    cr_expect(strstr(ran.output, "\"whose\": \"learner\"") != NULL, "it does not say whose: %s",
              ran.output);
}

Test(command_library, is_there_for_a_drive_by_hand)
{
    struct ran ran = GRADE("run", "--library", "mine", TWO, "any");
    expect_ran(&ran, 0, "it gives 11.", NULL);
    ran = GRADE("run", TWO, "any");
    expect_ran(&ran, 0, "it gives 2.", NULL);
}

Test(command_library, is_mine_or_the_solutions)
{
    struct ran ran = GRADE("--library", "theirs", TWO);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "\"theirs\"");
    ran = GRADE("run", "--library", "", TWO);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "\"\"");
    ran = GRADE("run", "--no-such-option", TWO);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "--help");
}
