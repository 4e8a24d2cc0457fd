// What the formats read from a result (grade/result.h), and the words that they share. What is missing,
// or of another type, reads as "", 0 or false. Strings that are returned as `char *` are the caller's to
// free; without memory for them the program ends.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

const char *field_text(const json_t *object, const char *key);
long long field_number(const json_t *object, const char *key); // rounded down
double field_real(const json_t *object, const char *key);

// Whether a result, a build or a test has this status.
bool has_status(const json_t *object, const char *status);

// Whether the submission could be built; if not, whether that is a fault of the grader.
bool is_built(const json_t *exercise);
bool is_build_fault(const json_t *exercise);

// "pool.c does not compile, so nothing could be tested"; of one that was built, that the compiler warns.
char *build_sentence(const json_t *exercise);

// Why a test did not pass, in sentences. Empty for one that passed.
char *explanation(const json_t *test);

// What makes the same drive run on the learner's terminal, or what grades the exercise if there was none.
char *command_by_hand(const json_t *result, const json_t *exercise, const json_t *test);

// "31 of 170 points. What was too busy to be measured is left out." The second part alone, which may be
// empty. "sandbox A, 2 usable CPUs, seed 42".
char *points_sentence(const json_t *result);
const char *reservation(const json_t *result);
char *circumstances(const json_t *result);

// "1.93 times as fast as one process; 1.50 is full marks", or empty for a test that measured nothing.
char *speed_sentence(const json_t *test);

// The first `most` bytes or a little less, whole characters, and a line that says that there is more.
char *excerpt(const char *text, size_t most);

// printf into memory.
__attribute__((format(printf, 1, 2))) char *compose(const char *format, ...);

// Adds a new value to an object or an array; ends the program if that, or the value, cannot be had.
void put_value(json_t *object, const char *key, json_t *value);
void append_value(json_t *array, json_t *value);
void put_text(json_t *object, const char *key, char *text); // takes the ownership of `text`
