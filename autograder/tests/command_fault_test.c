// What build/grade promises when something breaks or is ended: nothing is ever counted as passed or held
// against the learner, and nothing is left behind.
#include "../grade/die.h"
#include "../sandbox/tree.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(command_fault, .init = workbook_make, .fini = folder_remove, .timeout = 60);

#define EXPECTED                                                                                         \
    "say '{\"expected\": [{\"suite\": \"toy\", \"name\": \"a\", \"description\": \"first\", "            \
    "\"max_points\": 4},"                                                                                \
    " {\"suite\": \"toy\", \"name\": \"b\", \"description\": \"second\", \"max_points\": 6}]}'\n"
#define VERDICT(name, status)                                                                            \
    "say '{\"suite\": \"toy\", \"name\": \"" name "\", \"status\": \"" status "\", \"message\": "        \
    "\"m\"}'\n"
#define END "say '{\"end\": 2}'\n"

static void expect_grading(const char *examiner, int status, const char *output)
{
    write_examiner(examiner);
    struct ran ran = GRADE(TOY);
    expect_ran(&ran, status, output, NULL);
}

Test(command_fault, takes_verdicts_as_they_are)
{
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END, EXIT_FULL_MARKS,
                   "10 of 10");
    expect_grading(EXPECTED VERDICT("b", "failed") VERDICT("a", "passed") END, EXIT_MARKS_LOST,
                   "4 of 10");
}

Test(command_fault, an_examiner_that_says_nothing_is_not_graded)
{
    expect_grading("exit 0\n", EXIT_NOT_GRADED, "0 of 0 points");
    expect_grading("exit 3\n", EXIT_NOT_GRADED, "ended early");
    expect_grading("kill -KILL $$\n", EXIT_NOT_GRADED, "ended early");
    expect_grading("say junk; say '{}'; say '[]'; say 7; say ''\n", EXIT_NOT_GRADED, "ended early");
    unlink(in_its_workbook("build/examiners/" TOY));
    struct ran ran = GRADE(TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, "ended early", NULL);
}

Test(command_fault, a_test_without_a_verdict_is_not_graded)
{
    expect_grading(EXPECTED VERDICT("a", "passed") END, EXIT_NOT_GRADED, "4 of 10");
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("c", "passed") END, EXIT_NOT_GRADED,
                   "4 of 10");
}

Test(command_fault, an_examiner_that_breaks_off_is_not_graded)
{
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed"), EXIT_NOT_GRADED,
                   "ended early");
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END "exit 1\n", EXIT_NOT_GRADED,
                   "ended early");
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END "kill -SEGV $$\n",
                   EXIT_NOT_GRADED, "ended early");
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") "say '{\"end\": 1}'\n",
                   EXIT_NOT_GRADED, "ended early");
}

Test(command_fault, the_examiners_last_words_are_told)
{
    expect_grading("echo 'out of luck' >&2; exit 3\n", EXIT_NOT_GRADED, "out of luck");
}

Test(command_fault, the_callers_environment_changes_no_verdict)
{
    setenv("CRITERION_ALWAYS_SUCCEED", "1", 1);
    setenv("LD_PRELOAD_OF_MINE", "1", 1);
    expect_grading(
        EXPECTED VERDICT(
            "a", "passed") "case $(env) in *CRITERION*|*LD_PRELOAD*) exit 1 ;; esac\n" VERDICT("b",
                                                                                               "passed")
            END,
        EXIT_FULL_MARKS, NULL);
}

Test(command_fault, nothing_outlives_an_examiner)
{
    expect_grading(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END
                   "eval \"setsid sleep 1000 </dev/null >/dev/null 2>&1 $EXAMINER_VERDICTS>&- &\"\n"
                   "eval \"sleep 1000 </dev/null >/dev/null 2>&1 $EXAMINER_VERDICTS>&- &\"\n",
                   EXIT_FULL_MARKS, NULL);
}

Test(command_fault, nothing_of_one_examination_is_there_in_the_next)
{
    write_examiner(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END
                   "eval \"sleep 1000 </dev/null >/dev/null 2>&1 $EXAMINER_VERDICTS>&- &\"\n"
                   "echo $! >$EXAMINER_RECORDS/pid\n");
    copy(in_its_workbook("build/examiners/" TOY), in_its_workbook("build/examiners/" PROCESS));
    write_examiner(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END
                   "read -r pid <$EXAMINER_RECORDS/pid || exit 2\n"
                   "if kill -0 $pid; then echo it is still there; exit 1; fi\n");
    unlink(in_its_workbook("exercises/" TOY "/toy.c")); // building it would end what was left, too
    struct ran ran = GRADE(PROCESS, TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, "20 of 20 points", NULL);
}

// A module that prints "here" and then runs on and on; otherwise it is the solution.
static void write_endless_module(void)
{
    const char *path = in_its_workbook("exercises/" PROCESS "/process.c");
    char *solution = read_text(path);
    FILE *file = fopen(path, "we");
    cr_assert(file != NULL, "cannot write %s: %s", path, strerror(errno));
    fprintf(file,
            "#define process_create another_create\n%s\n#undef process_create\n"
            "struct process *process_create(int (*function)(void *), void *argument)\n"
            "{ printf(\"here\\n\"); fflush(stdout); for (;;) usleep(10000);\n"
            "  return another_create(function, argument); }\n",
            solution);
    fclose(file);
    free(solution);
}

// Starts a drive of that module by hand. Returns, when it runs, the grader's pid.
static pid_t start_drive(void)
{
    extern char **environ;
    char *const command[] = {(char *)grader(), "run", PROCESS, "first_child", NULL};
    char text[5] = "";
    int ends[2];
    pid_t pid;
    write_endless_module();
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    cr_assert(posix_spawn(&pid, command[0], &actions, NULL, command, environ) == 0, "cannot run it");
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    cr_assert(read(ends[0], text, 4) == 4 && strcmp(text, "here") == 0, "the drive says \"%s\"", text);
    close(ends[0]);
    return pid;
}

// The process in which the grader does its work.
static pid_t worker_of(pid_t grader_pid)
{
    struct tree tree;
    pid_t worker = 0;
    cr_assert(tree_read(&tree) == 0, "tree_read: %s", strerror(errno));
    for (size_t i = 0; i < tree.count; i++)
        if (tree.processes[i].parent == grader_pid)
            worker = tree.processes[i].pid;
    tree_free(&tree);
    cr_assert(worker > 0, "the grader has no child");
    return worker;
}

static void expect_clean_end(pid_t pid, const char *what)
{
    int status = wait_for(pid);
    cr_expect(status == EXIT_NOT_GRADED, "after %s the exit status is %d, expected %d", what, status,
              EXIT_NOT_GRADED);
    expect_nothing_left_behind();
}

static void expect_clean_end_by(int number)
{
    pid_t pid = start_drive();
    kill(pid, number);
    expect_clean_end(pid, strsignal(number));
}

Test(command_fault, an_interrupt_leaves_nothing_behind)
{
    expect_clean_end_by(SIGINT);
}

Test(command_fault, a_hangup_leaves_nothing_behind)
{
    expect_clean_end_by(SIGHUP);
}

Test(command_fault, a_request_to_end_leaves_nothing_behind)
{
    expect_clean_end_by(SIGTERM);
}

Test(command_fault, a_killed_worker_leaves_nothing_behind)
{
    pid_t pid = start_drive();
    kill(worker_of(pid), SIGKILL);
    expect_clean_end(pid, "a killed worker");
}

// Nobody can tidy up at once after that, but no process may stay, and the next run tidies up.
Test(command_fault, a_killed_grader_leaves_no_process_behind_and_the_next_run_no_file)
{
    pid_t pid = start_drive(), worker = worker_of(pid);
    kill(pid, SIGKILL);
    cr_expect(wait_for(pid) == -SIGKILL, "the grader was not killed");
    cr_expect(wait_for(worker) == -SIGKILL, "its worker has gone on without it");
    while (waitpid(-1, NULL, 0) > 0) // orphans are ours: each ends with its parent, by and by, or the
        ;                            // test's time is over
    struct tree tree;
    cr_assert(tree_read(&tree) == 0 && tree.count == 0, "%zu processes are left", tree.count);
    cr_expect(count_names(in_folder("tmp")) == 1, "%d files are left", count_names(in_folder("tmp")));
    struct ran ran = GRADE(TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
}
