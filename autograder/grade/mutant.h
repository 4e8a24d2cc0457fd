// Mutants: wrong solutions, kept as patches of the right one. Above the patch stands the mistake in a
// sentence, and "killed-by: SUITE::TEST", the test that must fail.
#pragma once
#include <stdbool.h>

struct mutant {
    char mistake[256];
    char killed_by[128]; // "suite::test"
};

// Reads what stands above the patch. Returns false if it is not as it should be.
bool mutant_read(const char *patch, struct mutant *mutant);

// Makes the mutant: applies `patch` to a copy of `solution`, which goes to `target`. Uses patch(1),
// without fuzz: after a change of the solution the patch must be made anew. Returns 0, or -1 if it does
// not apply.
int mutant_make(const char *solution, const char *patch, const char *target);
