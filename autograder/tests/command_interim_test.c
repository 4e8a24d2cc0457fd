// What build/grade promises of the files of its reports: they are there before the first test, tell after
// each verdict what was reached, and are whole whenever the grader is killed.
#include "../grade/die.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(command_interim, .init = workbook_make, .fini = folder_remove, .timeout = 60);

#define EXPECTED                                                                                         \
    "say '{\"expected\": [{\"suite\": \"toy\", \"name\": \"a\", \"description\": \"first\", "            \
    "\"max_points\": 4},"                                                                                \
    " {\"suite\": \"toy\", \"name\": \"b\", \"description\": \"second\", \"max_points\": 6}]}'\n"
#define VERDICT(name, status)                                                                            \
    "say '{\"suite\": \"toy\", \"name\": \"" name "\", \"status\": \"" status "\", \"message\": "        \
    "\"m\"}'\n"
#define END "say '{\"end\": 2}'\n"

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *result = json_load_file(path, 0, &error);
    cr_assert(result != NULL, "%s is not whole: %s: %s", path, error.text, read_text(path));
    return result;
}

static void expect_number(const json_t *object, const char *key, int expected)
{
    int number = (int)json_integer_value(json_object_get(object, key));
    cr_expect(number == expected, "\"%s\" is %d, expected %d", key, number, expected);
}

static void expect_text(const json_t *object, const char *key, const char *expected)
{
    const char *text = json_string_value(json_object_get(object, key));
    cr_expect(text != NULL && strcmp(text, expected) == 0, "\"%s\" is \"%s\", expected \"%s\"", key, text,
              expected);
}

static json_t *exercise_of(json_t *result, size_t index)
{
    return json_array_get(json_object_get(result, "exercises"), index);
}

static void expect_nothing_ran(json_t *result)
{
    expect_text(result, "status", "not_graded");
    expect_number(result, "points", 0);
    for (size_t i = 0; i < 2; i++) {
        const json_t *build = json_object_get(exercise_of(result, i), "build");
        expect_text(build, "status", "not_graded");
        expect_text(build, "message", "Nothing ran yet.");
    }
    expect_text(exercise_of(result, 0), "id", TOY);
    expect_text(exercise_of(result, 1), "id", PROCESS);
    json_decref(result);
}

Test(command_interim, a_report_is_there_before_the_first_test)
{
    write_text(in_folder("result.json"), "of the run before");
    write_examiner(text_of("cp %s %s\n" EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END,
                           in_folder("result.json"), in_folder("first.json")));
    unlink(in_its_workbook("build/examiners/" PROCESS));
    GRADE("--format", "json", "--output", in_folder("result.json"), TOY, PROCESS);
    expect_nothing_ran(load(in_folder("first.json")));
    json_t *last = load(in_folder("result.json"));
    expect_number(last, "points", 10);
    cr_expect(count_names(in_folder("")) == 6, "something is left beside the report"); // that and run.*
    json_decref(last);
}

// Waits until a file has this text in it. It is replaced, never written to, so that each change has an
// event.
static void wait_for_text(int events, const char *path, const char *text)
{
    for (;;) {
        char buffer[4096];
        char *content = access(path, R_OK) == 0 ? read_text(path) : strdup("");
        bool found = strstr(content, text) != NULL;
        free(content);
        if (found)
            return;
        cr_assert(read(events, buffer, sizeof buffer) > 0, "read: %s", strerror(errno));
    }
}

// Starts a grading of both exercises into result.json and, after it, report.xml; returns its pid once
// report.xml has `text`.
static pid_t start_until(const char *text)
{
    extern char **environ;
    char *const command[] = {(char *)grader(),
                             "--format",
                             "json",
                             "--output",
                             strdup(in_folder("result.json")),
                             "--format",
                             "junit",
                             "--output",
                             strdup(in_folder("report.xml")),
                             TOY,
                             PROCESS,
                             NULL};
    pid_t pid;
    int events = inotify_init1(IN_CLOEXEC);
    cr_assert(events != -1 && inotify_add_watch(events, in_folder(""), IN_MOVED_TO) != -1, "inotify: %s",
              strerror(errno));
    cr_assert(posix_spawn(&pid, command[0], NULL, NULL, command, environ) == 0, "cannot run it");
    wait_for_text(events, in_folder("report.xml"), text);
    close(events);
    return pid;
}

static void wait_for_everybody(void)
{
    while (waitpid(-1, NULL, 0) > 0) // orphans are ours
        ;
}

static void expect_reached(int points, const char *a, const char *b)
{
    json_t *result = load(in_folder("result.json"));
    const json_t *tests = json_object_get(exercise_of(result, 0), "tests");
    expect_text(result, "status", "not_graded");
    expect_number(result, "points", points);
    expect_text(json_array_get(tests, 0), "status", a);
    expect_text(json_array_get(tests, 1), "status", b);
    expect_text(json_object_get(exercise_of(result, 1), "build"), "message", "Nothing ran yet.");
    const char *other = read_text(in_folder("report.xml"));
    cr_expect(strstr(other, "</testsuites>\n") != NULL, "the other report is not whole: %s", other);
    json_decref(result);
}

// The examiner gives so many verdicts and then no more; the grader is killed.
static void kill_after(const char *verdicts, int number, const char *reached)
{
    write_examiner(text_of(EXPECTED "%sexec sleep 1000\n", verdicts));
    pid_t pid = start_until(reached);
    kill(pid, number);
    wait_for_everybody();
}

Test(command_interim, a_grader_killed_before_a_verdict_leaves_the_truth)
{
    kill_after("", SIGKILL, "name=\"a\"");
    expect_reached(0, "not_graded", "not_graded");
}

Test(command_interim, a_grader_killed_after_a_verdict_leaves_the_truth)
{
    kill_after(VERDICT("a", "passed"), SIGKILL, "4 of 4 points");
    expect_reached(4, "passed", "not_graded");
}

Test(command_interim, a_grader_killed_after_the_last_verdict_leaves_the_truth)
{
    kill_after(VERDICT("b", "failed") VERDICT("a", "passed"), SIGKILL, "4 of 4 points");
    expect_reached(4, "passed", "failed");
}

Test(command_interim, a_grader_killed_between_two_exercises_leaves_the_first_one_graded)
{
    write_examiner("exec sleep 1000\n");
    copy(in_its_workbook("build/examiners/" TOY), in_its_workbook("build/examiners/" PROCESS));
    write_examiner(EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END);
    pid_t pid = start_until("name=\"" TOY "\" tests=\"3\" failures=\"0\" errors=\"0\"");
    kill(pid, SIGKILL);
    wait_for_everybody();
    expect_reached(10, "passed", "passed");
    json_t *result = load(in_folder("result.json"));
    expect_text(exercise_of(result, 0), "fault", "");
    json_decref(result);
}

Test(command_interim, a_grader_that_is_interrupted_leaves_the_truth)
{
    kill_after(VERDICT("a", "passed"), SIGTERM, "4 of 4 points");
    expect_reached(4, "passed", "not_graded");
}

Test(command_interim, a_link_in_place_of_a_report_is_not_followed)
{
    write_text(in_folder("target"), "precious");
    cr_assert(symlink(in_folder("target"), in_folder("report")) == 0, "symlink: %s", strerror(errno));
    struct ran ran = GRADE("--output", in_folder("report"), TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "symbolic link");
    write_examiner(text_of("ln -sf %s %s\n" EXPECTED VERDICT("a", "passed") VERDICT("b", "passed") END,
                           in_folder("target"), in_folder("planted")));
    ran = GRADE("--output", in_folder("planted"), TOY);
    expect_ran(&ran, EXIT_FULL_MARKS, NULL, NULL);
    cr_expect_str_eq(read_text(in_folder("target")), "precious");
    cr_expect(strstr(read_text(in_folder("planted")), "10 of 10 points") != NULL, "there is no report");
}

Test(command_interim, nothing_runs_if_a_report_cannot_be_written)
{
    write_examiner(text_of("touch %s\n", in_folder("it-ran")));
    struct ran ran = GRADE("--output", in_folder("missing/report"), TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "missing/report: No such file");
    cr_expect(access(in_folder("it-ran"), F_OK) == -1, "the tests were run all the same");
}
