// The result of grading: one JSON value.
#include "result.h"
#include "die.h"
#include <string.h>

json_t *result_make(const struct result_environment *environment)
{
    json_t *result = json_pack(
        "{s:s, s:{s:i, s:s%, s:s, s:I, s:b, s:s}, s:s, s:i, s:i, s:[]}", "schema", "workbook/result/1",
        "environment", "usable_cpus", environment->usable_cpus, "sandbox", &environment->sandbox,
        (size_t)1, "sandbox_reason", environment->sandbox_reason, "seed", (json_int_t)environment->seed,
        "sanitized", environment->sanitized, "library", environment->own_library ? "mine" : "solutions",
        "status", "graded", "points", 0, "max_points", 0, "exercises");
    if (result == NULL)
        die("cannot make the result");
    return result;
}

static json_int_t integer(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static bool has_status(const json_t *test, const char *status)
{
    const char *given = json_string_value(json_object_get(test, "status"));
    return given != NULL && strcmp(given, status) == 0;
}

static void add_to(json_t *object, const char *key, json_int_t value)
{
    json_object_set_new(object, key, json_integer(integer(object, key) + value));
}

// All points for a test that passed; for one that failed a part, if it gives parts.
static json_int_t points_of(const json_t *test)
{
    json_int_t most = integer(test, "max_points");
    json_int_t part = integer(test, "points");
    if (has_status(test, "passed"))
        return most;
    return has_status(test, "failed") && part > 0 && part < most ? part : 0;
}

void result_add(json_t *result, const char *id, const char *title, const char *file,
                const char *build_status, const char *build_message, const char *fault, json_t *tests)
{
    size_t index;
    json_t *test;
    bool graded = fault[0] == '\0' && strcmp(build_status, "not_graded") != 0 && tests != NULL;
    json_t *exercise = json_pack("{s:s, s:s, s:s, s:i, s:i, s:{s:s, s:s}, s:s}", "id", id, "title", title,
                                 "file", file, "points", 0, "max_points", 0, "build", "status",
                                 build_status, "message", build_message, "fault", fault);
    if (exercise == NULL)
        die("cannot describe the result of %s", id);
    json_array_foreach (tests, index, test) {
        json_int_t points = points_of(test);
        json_object_set_new(test, "points", json_integer(points));
        add_to(exercise, "points", points);
        if (!has_status(test, "busy")) // what could not be measured does not count
            add_to(exercise, "max_points", integer(test, "max_points"));
        graded = graded && !has_status(test, "not_graded");
    }
    json_object_set_new(exercise, "tests", tests != NULL ? tests : json_array());
    add_to(result, "points", integer(exercise, "points"));
    add_to(result, "max_points", integer(exercise, "max_points"));
    if (!graded)
        json_object_set_new(result, "status", json_string("not_graded"));
    json_array_append_new(json_object_get(result, "exercises"), exercise);
}

void result_add_uses(json_t *result, json_t *uses)
{
    const json_t *exercises = json_object_get(result, "exercises");
    json_object_set_new(json_array_get(exercises, json_array_size(exercises) - 1), "uses", uses);
}

bool result_has_busy(const json_t *result)
{
    size_t i, j;
    json_t *exercise, *test;
    json_array_foreach (json_object_get(result, "exercises"), i, exercise)
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            if (has_status(test, "busy"))
                return true;
    return false;
}

int result_exit_status(const json_t *result)
{
    if (has_status(result, "not_graded") || integer(result, "max_points") == 0)
        return EXIT_NOT_GRADED;
    return integer(result, "points") == integer(result, "max_points") ? EXIT_FULL_MARKS : EXIT_MARKS_LOST;
}
