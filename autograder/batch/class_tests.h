// How a class did in each test of an exercise.
#pragma once
#include "class.h"

enum test_status {
    TEST_PASSED,
    TEST_FAILED,
    TEST_NOT_REACHED,
    TEST_BUSY,
    TEST_NOT_GRADED,
    TEST_STATUSES
};

struct class_test {
    const char *suite, *name, *description; // of a result of the class
    int max_points;
    int counts[TEST_STATUSES]; // of students
    int students;              // all of them together
    double median;             // of the points, of those who could be graded; -1: nobody could
    double speedup;            // median of what was measured; 0: it is no test of speed
};

// The tests of the class's exercise with this number, in the order of the source, over all marks that
// count. The caller frees the array.
struct class_test *class_tests(const struct class *class, size_t exercise, size_t *count);

// What became of a test in a mark. Returns TEST_STATUSES if the mark has no such test, or does not count.
enum test_status class_test_status(const struct mark *mark, const struct class_test *test);
