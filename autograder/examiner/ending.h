// Tells in words what became of a drive.
#pragma once
#include "../sandbox/outcome.h"
#include <stddef.h>

// A sentence to the learner, in `text`; empty if the program ended by itself with status 0 and has
// answered. `limits` are the ones that it ran under.
struct limits;
void ending_sentence(const struct outcome *outcome, const struct limits *limits, char *text, size_t size);

// The exit status by which the sanitizers end a program.
enum { ENDING_SANITIZER = 99 };
