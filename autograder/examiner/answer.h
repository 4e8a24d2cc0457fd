// Reads what a drive answered. The answer comes from the submission's process: it may be anything.
#pragma once
#include "../sandbox/outcome.h"
#include <stdbool.h>
#include <stddef.h>

// How many complete answers there are, each closed with `secret` by a process of its own; -1 if the text
// is no sequence of such answers, or a name or a process comes twice.
int answer_count(const struct outcome *outcome, const char *secret);

// Whether the drive itself says that it could not do its part.
bool answer_is_broken(const struct outcome *outcome, const char *secret);

// Finds the value `name` in the answer of the program itself; if it gave none, in the first answer.
// Returns false if there is none. `*value` points into the outcome.
bool answer_find(const struct outcome *outcome, const char *name, const char **value, size_t *size);
