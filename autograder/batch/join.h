// The two parts of one grading: what was examined at once, and the tests that were timed later.
#pragma once
#include "../grade/result.h"
#include "gradebook.h"
#include <jansson.h>

// What a result of one exercise amounts to.
enum attempt_state join_state(const json_t *result);

// Puts the tests that were postponed in `before` in their place as `timed` has them, and counts the
// points anew. If `timed` could not be graded, neither is the whole. The caller gives the result to
// json_decref().
json_t *join_timed(const json_t *before, const json_t *timed);

// A result whose exercise could not be graded, by a fault of the grader. The caller gives it to
// json_decref().
json_t *join_fault(const struct result_environment *environment, const struct exercise *exercise,
                   const char *file, const char *why);
