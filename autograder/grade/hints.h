// The staged hints of an exercise: the sections of its README whose headings begin with
// the word "Hint".
#pragma once
#include <stddef.h>

// Finds hint number `wanted` (from 1) in the text of a README; `*begin` and `*size` get its place,
// heading included. Returns how many hints there are; if `wanted` is none of them, `*begin` is NULL.
int hints_find(const char *readme, int wanted, const char **begin, size_t *size);
