// Reads what a drive answered. The answer comes from the submission's process: it may be anything.
#pragma once
#include "../sandbox/outcome.h"
#include <stdbool.h>
#include <stddef.h>

// How many complete answers there are, or -1 if the text is no sequence of answers.
int answer_count(const struct outcome *outcome);

// Finds the value `name` in the answer of the program itself; if it gave none, in the first answer.
// Returns false if there is none. `*value` points into the outcome.
bool answer_find(const struct outcome *outcome, const char *name, const char **value, size_t *size);
