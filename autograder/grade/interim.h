// What the report files say while the grading is under way: whoever kills the grader, or pulls the plug,
// finds what was reached, and that the rest is not graded.
#pragma once
#include "outputs.h"
#include <jansson.h>

struct interim {
    const struct outputs *outputs;
    const json_t *finished; // the result so far: of the exercises before
    const char *submission; // folder, or NULL: the working copy
    char *const *exercises; // names of the one under way and of those to come, NULL at the end
};

// Before anything is run: nothing was reached. Ends the program if a file cannot be written.
void interim_begin(const struct interim *interim);

// After each verdict on a test of the exercise under way: its tests, as examine() has them; NULL as long
// as there is none. A file that cannot be written any more is no reason to stop: the last report will
// tell.
void interim_tests(const struct interim *interim, const json_t *tests);
