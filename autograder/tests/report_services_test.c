// What every service must be told of a test that neither passed nor failed: skipped is not failed.
#include "../report/report.h"
#include "report_support.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static json_t *object_of(const char *name)
{
    json_t *result = fixed_result();
    char *text = report_make(report_format(name), result, &fixed_settings);
    json_t *object = json_loads(text, 0, NULL);
    cr_assert(object != NULL, "%s is no JSON: %s", name, text);
    json_decref(result);
    free(text);
    return object;
}

// The first of an array whose `key` has this text in it.
static const json_t *find(const json_t *array, const char *key, const char *part)
{
    size_t index;
    json_t *item;
    json_array_foreach ((json_t *)array, index, item) {
        const char *text = json_string_value(json_object_get(item, key));
        if (text != NULL && strstr(text, part) != NULL)
            return item;
    }
    return NULL;
}

static const char *const skipped[] = {"workers that wait do so together", // busy
                                      "nothing is left behind"};          // not graded
static const char not_reached[] = "the initializer runs once";

Test(report_services, gives_no_score_to_what_gradescope_should_not_count)
{
    json_t *report = object_of("gradescope");
    const json_t *tests = json_object_get(report, "tests");
    for (size_t i = 0; i < 3; i++) {
        const json_t *test = find(tests, "name", i < 2 ? skipped[i] : not_reached);
        cr_assert(test != NULL, "a test is missing");
        cr_expect(json_object_get(test, "score") == NULL && json_object_get(test, "status") == NULL,
                  "it has a score or a status");
        cr_expect(json_string_value(json_object_get(test, "output"))[0] != '\0', "it does not say why");
    }
    cr_expect(json_integer_value(json_object_get(report, "score")) == 31, "the total is another one");
    json_decref(report);
}

Test(report_services, leaves_out_for_classroom50_what_could_not_be_measured)
{
    json_t *report = object_of("classroom50");
    const json_t *tests = json_object_get(report, "tests");
    for (size_t i = 0; i < 2; i++)
        cr_expect(find(tests, "test-name", skipped[i]) == NULL, "\"%s\" is there", skipped[i]);
    cr_expect(find(tests, "test-name", not_reached) != NULL,
              "what was not reached must count, or a submission that does not build had full marks");
    cr_expect(json_integer_value(json_object_get(report, "score")) == 31, "the score is another one");
    cr_expect(json_integer_value(json_object_get(report, "max-score")) == 220,
              "the maximum is another one");
    cr_expect_str_eq(json_string_value(json_object_get(report, "datetime")), "2026-06-01T14:32:05Z",
                     "not the time of the tag");
    json_decref(report);
}

Test(report_services, calls_nothing_failed_for_check50_that_was_not_tried)
{
    json_t *report = object_of("check50");
    const json_t *checks = json_object_get(report, "results");
    for (size_t i = 0; i < 3; i++) {
        const json_t *check = find(checks, "description", i < 2 ? skipped[i] : not_reached);
        cr_expect(json_is_null(json_object_get(check, "passed")), "\"passed\" is not null");
        cr_expect(json_is_object(json_object_get(check, "cause")), "there is no cause");
    }
    json_decref(report);
}

Test(report_services, calls_nothing_failed_for_exercism_that_was_not_tried)
{
    json_t *report = object_of("exercism");
    const json_t *tests = json_object_get(report, "tests"), *others = json_object_get(report, "left_out");
    cr_expect(find(tests, "name", skipped[0]) == NULL && find(others, "name", skipped[0]) != NULL,
              "the busy one is not left out");
    cr_expect(find(tests, "name", not_reached) == NULL && find(others, "name", not_reached) != NULL,
              "the one that was not reached is not left out");
    const json_t *broken = find(tests, "name", skipped[1]);
    cr_expect_str_eq(json_string_value(json_object_get(broken, "status")), "error",
                     "not graded is no error");
    json_decref(report);
}

Test(report_services, gives_autolab_no_score_for_what_could_not_be_graded)
{
    json_t *result = fixed_result();
    char *text = report_make(report_format("autolab"), result, &fixed_settings);
    text[strlen(text) - 1] = '\0';
    json_t *last = json_loads(strrchr(text, '\n') + 1, 0, NULL);
    cr_assert(last != NULL, "the last line is no JSON: %s", strrchr(text, '\n') + 1);
    const json_t *scores = json_object_get(last, "scores");
    cr_expect(json_object_get(scores, "08-pool") == NULL, "a fault of the grader costs points");
    cr_expect(json_integer_value(json_object_get(scores, "15-cpu-bound")) == 17, "a score is missing");
    json_decref(last);
    json_decref(result);
    free(text);
}
