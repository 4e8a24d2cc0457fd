// Runs the tests of an exercise on a built program and collects their verdicts.
#pragma once
#include "build.h"
#include "workbook.h"
#include <jansson.h>
#include <stdint.h>

// Tests that measure time must run when nothing else does. Whoever grades many submissions runs all
// others first: the tests that are timed and could run are then "not_graded", and "postponed" is true.
enum examining_part {
    EXAMINING_ALL,
    EXAMINING_UNTIMED, // all but those that are timed
    EXAMINING_TIMED,   // those, and what must pass before them
};

struct examining {
    uint64_t seed;
    int jobs;         // tests that may run at once
    const char *only; // "suite::test": run this one and those that must pass before it; NULL: all
    enum examining_part part;
    void (*follow)(const void *context, const json_t *tests); // NULL, or called after verdicts with
    const void *context;                                      // this and the tests so far
};

// Runs the tests and returns an array of test results, in the order of the source, each an object as in
// "workbook/result/1" (result.h). A test whose verdict did not come is "not_graded". Where `program` is
// NULL nothing is run, and every test is "not_reached".
// `fault` (512 bytes): why the examination as a whole failed, or empty. NULL if there is no list of
// tests.
json_t *examine(const struct ground *ground, const struct exercise *exercise, const char *program,
                const struct examining *how, char *fault);
