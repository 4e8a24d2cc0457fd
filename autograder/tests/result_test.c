// What result.h promises: points are those of the tests that passed, and what could not be graded is
// never counted against anybody.
#include "../grade/die.h"
#include "../grade/result.h"
#include <criterion/criterion.h>
#include <string.h>

static json_t *make(void)
{
    return result_make(&(struct result_environment){
        .usable_cpus = 2, .sandbox = 'A', .sandbox_reason = "", .seed = 7, .sanitized = true});
}

// Tests of 10, 20, 30 ... points with these statuses; NULL at the end.
static json_t *tests_with(const char *const *statuses)
{
    json_t *tests = json_array();
    for (int i = 0; statuses[i] != NULL; i++)
        json_array_append_new(tests, json_pack("{s:s, s:s, s:i}", "name", "some_test", "status",
                                               statuses[i], "max_points", 10 * (i + 1)));
    return tests;
}
#define TESTS(...) tests_with((const char *const[]){__VA_ARGS__, NULL})

static void add(json_t *result, const char *build_status, const char *fault, json_t *tests)
{
    result_add(result, "08-pool", "A pool", "pool.c", build_status, "", fault, tests);
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

static void expect_exit_status(json_t *result, int expected)
{
    int status = result_exit_status(result);
    cr_expect(status == expected, "the exit status is %d, expected %d", status, expected);
    expect_text(result, "status", expected == EXIT_NOT_GRADED ? "not_graded" : "graded");
    json_decref(result);
}

Test(result, tells_where_it_was_made)
{
    json_t *result = make();
    const json_t *environment = json_object_get(result, "environment");
    expect_text(result, "schema", "workbook/result/1");
    expect_number(environment, "usable_cpus", 2);
    expect_text(environment, "sandbox", "A");
    expect_text(environment, "sandbox_reason", "");
    expect_number(environment, "seed", 7);
    cr_expect(json_is_true(json_object_get(environment, "sanitized")), "it does not say \"sanitized\"");
    expect_text(environment, "library", "solutions");
    json_decref(result);
}

Test(result, tells_the_modules_of_the_exercise_that_was_added_last)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed"));
    add(result, "built", "", TESTS("passed"));
    result_add_uses(result, json_pack("[{s:s}]", "id", "07-queue"));
    const json_t *exercises = json_object_get(result, "exercises");
    const json_t *uses = json_object_get(json_array_get(exercises, 1), "uses");
    expect_text(json_array_get(uses, 0), "id", "07-queue");
    cr_expect(json_object_get(json_array_get(exercises, 0), "uses") == NULL,
              "the first exercise uses modules, too");
    expect_exit_status(result, EXIT_FULL_MARKS);
}

Test(result, counts_a_part_of_the_points_of_a_test_that_failed_with_a_part)
{
    json_t *result = make();
    json_t *tests = TESTS("failed", "failed", "busy");
    json_object_set_new(json_array_get(tests, 0), "points", json_integer(7));
    json_object_set_new(json_array_get(tests, 1), "points",
                        json_integer(20)); // all: then it has not failed
    json_object_set_new(json_array_get(tests, 2), "points", json_integer(5));
    add(result, "built", "", tests);
    expect_number(result, "points", 7);
    expect_number(result, "max_points", 30);
    expect_exit_status(result, EXIT_MARKS_LOST);
}

Test(result, counts_the_points_of_the_tests_that_passed)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed", "failed", "passed", "not_reached", "busy"));
    const json_t *exercise = json_array_get(json_object_get(result, "exercises"), 0);
    expect_number(exercise, "points", 40);
    expect_number(exercise, "max_points", 100); // without the 50 of the busy one
    expect_number(json_array_get(json_object_get(exercise, "tests"), 0), "points", 10);
    expect_number(json_array_get(json_object_get(exercise, "tests"), 1), "points", 0);
    json_decref(result);
}

Test(result, adds_up_its_exercises)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed"));
    add(result, "built", "", TESTS("failed", "passed"));
    expect_number(result, "points", 30);
    expect_number(result, "max_points", 40);
    cr_expect(json_array_size(json_object_get(result, "exercises")) == 2, "it does not have 2 exercises");
    json_decref(result);
}

Test(result, describes_an_exercise)
{
    json_t *result = make();
    result_add(result, "08-pool", "A pool", "mine/pool.c", "not_compiled", "line 1: error", "",
               TESTS("not_reached"));
    const json_t *exercise = json_array_get(json_object_get(result, "exercises"), 0);
    expect_text(exercise, "id", "08-pool");
    expect_text(exercise, "title", "A pool");
    expect_text(exercise, "file", "mine/pool.c");
    expect_text(json_object_get(exercise, "build"), "status", "not_compiled");
    expect_text(json_object_get(exercise, "build"), "message", "line 1: error");
    expect_text(exercise, "fault", "");
    json_decref(result);
}

Test(result, with_all_points_is_full_marks)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed", "passed"));
    expect_exit_status(result, EXIT_FULL_MARKS);
}

Test(result, with_fewer_points_is_marks_lost)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed", "failed"));
    expect_exit_status(result, EXIT_MARKS_LOST);
}

Test(result, of_a_submission_that_was_not_let_in_is_marks_lost)
{
    static const char *const statuses[] = {"missing", "refused", "not_compiled", "not_linked"};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        json_t *result = make();
        add(result, statuses[i], "", TESTS("not_reached", "not_reached"));
        expect_exit_status(result, EXIT_MARKS_LOST);
    }
}

Test(result, with_a_test_that_was_not_graded_is_not_graded)
{
    json_t *result = make();
    add(result, "built", "", TESTS("passed", "not_graded"));
    add(result, "built", "", TESTS("passed"));
    expect_exit_status(result, EXIT_NOT_GRADED);
}

Test(result, of_a_broken_grader_is_not_graded)
{
    json_t *result = make();
    add(result, "built", "the tests ended early", TESTS("passed", "passed"));
    expect_exit_status(result, EXIT_NOT_GRADED);
    result = make();
    add(result, "not_graded", "", TESTS("not_reached"));
    expect_exit_status(result, EXIT_NOT_GRADED);
}

Test(result, without_tests_is_not_graded)
{
    json_t *result = make();
    add(result, "built", "", NULL);
    expect_exit_status(result, EXIT_NOT_GRADED);
    result = make();
    add(result, "built", "", json_array());
    cr_expect(result_exit_status(result) == EXIT_NOT_GRADED, "no test at all gives exit status %d",
              result_exit_status(result));
    json_decref(result);
}
