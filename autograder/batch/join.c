// The two parts of one grading.
#include "join.h"
#include "../grade/die.h"
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static json_t *exercise_of(const json_t *result)
{
    return json_array_get(json_object_get(result, "exercises"), 0);
}

static bool is_postponed(const json_t *test)
{
    return json_is_true(json_object_get(test, "postponed"));
}

// Whether anything could not be graded, what was only postponed aside.
static bool has_fault(const json_t *exercise)
{
    size_t index;
    json_t *test;
    const json_t *tests = json_object_get(exercise, "tests");
    if (text_of(exercise, "fault")[0] != '\0' || json_array_size(tests) == 0 ||
        strcmp(text_of(json_object_get(exercise, "build"), "status"), "not_graded") == 0)
        return true;
    json_array_foreach (tests, index, test)
        if (strcmp(text_of(test, "status"), "not_graded") == 0 && !is_postponed(test))
            return true;
    return false;
}

enum attempt_state join_state(const json_t *result)
{
    size_t index;
    json_t *test;
    const json_t *exercise = exercise_of(result);
    if (has_fault(exercise))
        return ATTEMPT_NOT_GRADED;
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        if (is_postponed(test))
            return ATTEMPT_UNTIMED;
    return result_has_busy(result) ? ATTEMPT_BUSY : ATTEMPT_GRADED;
}

static json_t *same_test(const json_t *exercise, const json_t *wanted)
{
    size_t index;
    json_t *test;
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        if (json_equal(json_object_get(test, "suite"), json_object_get(wanted, "suite")) &&
            json_equal(json_object_get(test, "name"), json_object_get(wanted, "name")))
            return test;
    return NULL;
}

// The same result, as it is before its exercise is added.
static json_t *begin_again(const json_t *result)
{
    json_t *copy = json_deep_copy(result);
    if (copy == NULL || json_object_set_new(copy, "exercises", json_array()) == -1 ||
        json_object_set_new(copy, "points", json_integer(0)) == -1 ||
        json_object_set_new(copy, "max_points", json_integer(0)) == -1 ||
        json_object_set_new(copy, "status", json_string("graded")) == -1)
        die("out of memory");
    return copy;
}

static json_t *take_tests(const json_t *first, const json_t *second)
{
    size_t index;
    json_t *test;
    json_t *tests = json_array();
    json_array_foreach (json_object_get(first, "tests"), index, test) {
        json_t *timed = is_postponed(test) ? same_test(second, test) : NULL;
        if (json_array_append_new(tests, json_deep_copy(timed == NULL ? test : timed)) == -1)
            die("out of memory");
    }
    return tests;
}

json_t *join_timed(const json_t *before, const json_t *timed)
{
    const json_t *first = exercise_of(before), *second = exercise_of(timed);
    const json_t *built = json_object_get(second, "build");
    const char *fault = text_of(second, "fault");
    if (fault[0] == '\0' && strcmp(text_of(built, "status"), "built") != 0)
        fault =
            "it was built for the other tests, and then it could not be built for those that are timed";
    const json_t *build = json_object_get(first, "build");
    json_t *joined = begin_again(before);
    result_add(joined, text_of(first, "id"), text_of(first, "title"), text_of(first, "file"),
               text_of(build, "status"), text_of(build, "message"), fault, take_tests(first, second));
    return joined;
}

json_t *join_fault(const struct result_environment *environment, const struct exercise *exercise,
                   const char *file, const char *why)
{
    json_t *result = result_make(environment);
    result_add(result, exercise->id, exercise->title, file, "not_graded", why, why, NULL);
    return result;
}
