// Claims: what must hold for an exercise and its grader, each proved by one grading.
#pragma once
#include "../sandbox/sandbox.h"
#include "workbook.h"
#include <jansson.h>
#include <stddef.h>

enum claim_kind {
    CLAIM_STUB,      // the stub builds and gets nothing
    CLAIM_SOLUTION,  // the solution gets all points
    CLAIM_SANITIZED, // the solution gets all points, and the sanitizers find nothing
    CLAIM_MUTANT,    // the mutant loses the points of the test that it names
    CLAIM_HOSTILE,   // the hostile submission gets what it is due, is named, and leaves nothing behind
};

struct claim {
    enum claim_kind kind;
    const struct exercise *exercise;
    char path[WORKBOOK_PATH_SIZE]; // of the source, or of the mutant's patch
    char label[256];
    char level;                 // of the sandbox; '\0': the best
    enum sandbox_level holding; // that level here, as a canary has shown: to be set before it is proved
};

#define HOSTILE_REST "autograder/hostile/%s/rest.h" // of an exercise, by its id

// All claims of an exercise; of the attacks that fit every exercise, those that it has its turn with. The
// caller frees the array.
struct claim *claims_of(const struct exercise *exercise, size_t *count);

// Every hostile submission there is, against this exercise. The caller frees the array; NULL if there are
// none.
struct claim *claims_against(const struct exercise *exercise, size_t *count);

// Writes the submission that the claim is about to the file `target`: a copy, or what is made of a patch
// or an attack. Ends the program if it cannot.
void claim_make(const struct claim *claim, const char *target);

// The reason why the claim does not hold of this result; empty if it does.
void claim_judge(const struct claim *claim, const json_t *result, char *why, size_t size);

// Proves one: grades, and prints a line that says whether it holds, and if not, why. Returns 0 or 1.
int claim_prove(const struct claim *claim);
