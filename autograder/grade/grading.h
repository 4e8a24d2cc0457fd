// Grades one exercise from its source file to its part of the result.
#pragma once
#include "examine.h"
#include "library.h"
#include "workbook.h"
#include <jansson.h>

struct grading {
    const char *file;              // the learner's source
    const char *name;              // how reports call it
    const struct library *library; // the learner's own, or NULL: the solutions'
    struct examining examining;
};

// Lets the file in, builds it, examines it, and adds the exercise to `result`.
void grading_run(const struct ground *ground, const struct exercise *exercise,
                 const struct grading *grading, json_t *result);
