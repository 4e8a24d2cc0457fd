// The result of a student: one JSON value, as of grading all exercises at once.
#include "../grade/die.h"
#include "../grade/result.h"
#include "../report/report.h"
#include "class.h"

static json_int_t integer(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

// An exercise of which nothing counts has been graded by no fault of the student.
static void add(json_t *whole, const struct mark *mark)
{
    static const char *const sums[] = {"points", "max_points"};
    for (size_t i = 0; i < 2; i++)
        json_object_set_new(whole, sums[i],
                            json_integer(integer(whole, sums[i]) + integer(mark->result, sums[i])));
    if (!class_counts(mark))
        json_object_set_new(whole, "status", json_string("not_graded"));
    json_array_extend(json_object_get(whole, "exercises"), json_object_get(mark->result, "exercises"));
    json_object_set(whole, "environment", json_object_get(mark->result, "environment"));
}

char *class_json(const struct class *class, const struct student *student)
{
    const struct result_environment nothing = {.sandbox = '-', .sandbox_reason = ""};
    json_t *whole = result_make(&nothing);
    for (size_t i = 0; i < class->exercise_count; i++)
        if (student->marks[i].result != NULL)
            add(whole, &student->marks[i]);
        else if (student->marks[i].state == ATTEMPT_WAITING)
            json_object_set_new(whole, "status", json_string("not_graded"));
    if (json_array_size(json_object_get(whole, "exercises")) == 0)
        json_object_set_new(whole, "status", json_string("not_graded"));
    if (student->note[0] != '\0')
        json_object_set_new(whole, "note", json_string(student->note));
    const struct report_settings plain = {.failures = REPORT_ALL_FAILURES};
    char *text = report_make(report_format("json"), whole, &plain);
    json_decref(whole);
    return text;
}
