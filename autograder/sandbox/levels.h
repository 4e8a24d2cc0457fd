// How each level starts the warden. For launch.c only.
#pragma once
#include "sandbox.h"

struct level_start {
    const struct sandbox_job *job;
    enum sandbox_level level;
    bool alone;         // the user id is nobody else's
    const char *limits; // limits_to_text()
    char **environment; // ends with NULL; has room for one more
};

// Become the warden, in the calling process (a fresh child whose descriptors are in place, and whose
// current directory is the one to work in), with the environment plus KIT. They return only if that
// fails, with errno.
void isolated_become(const struct level_start *start);
void plain_become(const struct level_start *start);

// For them: appends the strings of `more`, which ends with NULL and may be NULL, to `command`, which has
// room for `most` with the NULL that ends it. Returns 0, or -1 with errno E2BIG.
int levels_append(char **command, size_t *count, size_t most, char *const *more);

enum { LEVELS_NAME_SIZE = 4 };

// What the warden is told of the level (warden.h).
void levels_name(const struct level_start *start, char name[LEVELS_NAME_SIZE]);
