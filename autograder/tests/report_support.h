// What the tests of reports share.
#pragma once
#include "../report/report.h"
#include "support.h"
#include <jansson.h>

// The formats from the first to the last, and the end.
const struct report_format *first_format(void);
const struct report_format *end_of_formats(void);

// The result from which the reports in autograder/tests/reports were made. Every status occurs in it, and
// texts that would mean something in some format.
json_t *fixed_result(void);
extern const struct report_settings fixed_settings;

// Where two texts differ first, for a message.
const char *first_difference(const char *text, const char *expected);

// Texts as an attacker would write them: a mixture of what means something to some program, of characters
// of all kinds, and of bytes that are no text at all. The same seed gives the same texts.
struct random_text {
    unsigned seed;
};
enum { RANDOM_TEXT_SIZE = 512 };

// Fills `bytes` (RANDOM_TEXT_SIZE); there may be NULs among them. Returns how many.
size_t random_bytes(struct random_text *random, char *bytes);

// As a string of JSON, which holds text only: without the bytes that are none.
json_t *random_string(struct random_text *random);
