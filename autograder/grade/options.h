// What several commands take on their command line, and what stands for it when it is not given. What
// makes no sense ends the program with a sentence that says so.
#pragma once
#include <stdint.h>

// The letter of a level of the sandbox.
char options_level(const char *text);

// A number in its limits; `what` is what the sentence calls it.
uint64_t options_number(const char *what, const char *text, uint64_t least, uint64_t most);

// What the random inputs are made from: any number that a result and a gradebook can hold.
uint64_t options_seed(const char *text);

// New inputs for each run; small, so that it can be typed again.
uint64_t options_fresh_seed(void);
