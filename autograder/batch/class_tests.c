// How a class did in each test of an exercise.
#include "class_tests.h"
#include "../grade/die.h"
#include <stdlib.h>
#include <string.h>

static const char *const statuses[TEST_STATUSES] = {
    [TEST_PASSED] = "passed", [TEST_FAILED] = "failed",         [TEST_NOT_REACHED] = "not_reached",
    [TEST_BUSY] = "busy",     [TEST_NOT_GRADED] = "not_graded",
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static const json_t *tests_of(const struct mark *mark)
{
    const json_t *exercise = json_array_get(json_object_get(mark->result, "exercises"), 0);
    return class_counts(mark) ? json_object_get(exercise, "tests") : NULL;
}

static enum test_status status_of(const json_t *test)
{
    enum test_status status = TEST_PASSED;
    while (status < TEST_STATUSES && strcmp(statuses[status], text_of(test, "status")) != 0)
        status++;
    return status;
}

static const json_t *find(const struct mark *mark, const struct class_test *test)
{
    size_t index;
    json_t *entry;
    json_array_foreach (tests_of(mark), index, entry)
        if (strcmp(text_of(entry, "suite"), test->suite) == 0 &&
            strcmp(text_of(entry, "name"), test->name) == 0)
            return entry;
    return NULL;
}

enum test_status class_test_status(const struct mark *mark, const struct class_test *test)
{
    const json_t *entry = find(mark, test);
    return entry == NULL ? TEST_STATUSES : status_of(entry);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *numbers, size_t count, double none)
{
    qsort(numbers, count, sizeof *numbers, by_number);
    return count == 0 ? none : (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

static void measure(const struct class *class, size_t exercise, struct class_test *test)
{
    size_t graded = 0, timed = 0;
    double *numbers = calloc(2 * class->student_count + 1, sizeof *numbers);
    if (numbers == NULL)
        die("out of memory");
    double *speedups = numbers + class->student_count;
    for (size_t i = 0; i < class->student_count; i++) {
        const json_t *entry = find(&class->students[i].marks[exercise], test);
        enum test_status status = entry == NULL ? TEST_STATUSES : status_of(entry);
        if (status == TEST_STATUSES)
            continue;
        test->counts[status]++;
        test->students++;
        if (status <= TEST_NOT_REACHED)
            numbers[graded++] = json_number_value(json_object_get(entry, "points"));
        const json_t *speedup = json_object_get(json_object_get(entry, "speed"), "speedup");
        if (json_is_number(speedup))
            speedups[timed++] = json_number_value(speedup);
    }
    test->median = median(numbers, graded, -1);
    test->speedup = median(speedups, timed, 0);
    free(numbers);
}

static bool is_listed(const struct class_test *tests, size_t count, const json_t *entry)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(tests[i].suite, text_of(entry, "suite")) == 0 &&
            strcmp(tests[i].name, text_of(entry, "name")) == 0)
            return true;
    return false;
}

struct class_test *class_tests(const struct class *class, size_t exercise, size_t *count)
{
    struct class_test *tests = NULL;
    *count = 0;
    for (size_t i = 0; i < class->student_count; i++) {
        size_t index;
        json_t *entry;
        json_array_foreach (tests_of(&class->students[i].marks[exercise]), index, entry) {
            if (is_listed(tests, *count, entry))
                continue;
            tests = realloc(tests, (*count + 1) * sizeof *tests);
            if (tests == NULL)
                die("out of memory");
            tests[(*count)++] = (struct class_test){
                .suite = text_of(entry, "suite"),
                .name = text_of(entry, "name"),
                .description = text_of(entry, "description"),
                .max_points = (int)json_integer_value(json_object_get(entry, "max_points"))};
        }
    }
    for (size_t i = 0; i < *count; i++)
        measure(class, exercise, &tests[i]);
    return tests;
}
