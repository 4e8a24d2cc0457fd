// What the learner has reached: the last result of each exercise of the working copy, in build/progress.
// Losing it loses nothing but a look back: the next grading makes it anew.
#pragma once
#include "workbook.h"
#include <jansson.h>

// Keeps the result of one exercise (an element of result.h's "exercises").
void progress_save(const json_t *exercise_result);

// Its last result, or NULL. The caller gives it to json_decref().
json_t *progress_load(const struct exercise *exercise);

// The first exercise without full marks, or whose file has changed since; NULL if all are finished.
const struct exercise *progress_next(void);
