// How each level starts the warden. For sandbox.c only.
#pragma once
#include "sandbox.h"

// Become the warden, in the calling process (a fresh child whose descriptors 0 to 4 are in place), with
// `environment` plus KIT. They return only if that fails, with errno.
void isolated_become(const struct sandbox_job *job, const char *limits);
void bounded_become(const struct sandbox_job *job, const char *limits);

// For them: appends the strings of `more`, which ends with NULL and may be NULL, to `command`, which has
// room for `most` with the NULL that ends it. Returns 0, or -1 with errno E2BIG.
int levels_append(char **command, size_t *count, size_t most, char *const *more);
