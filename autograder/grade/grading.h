// Grades one exercise from its source file to its part of the result.
#pragma once
#include "examine.h"
#include "gate.h"
#include "library.h"
#include "workbook.h"
#include <jansson.h>

struct grading {
    const struct source *source;   // the learner's; it may not have been let in
    const char *name;              // how reports call it
    const struct library *library; // the learner's own, or NULL: the solutions'
    struct examining examining;
    double *cpu_seconds; // gets the processor time of the compiler and its tools; may be NULL
};

// Builds the source, examines it, and adds the exercise to `result`.
void grading_run(const struct ground *ground, const struct exercise *exercise,
                 const struct grading *grading, json_t *result);
