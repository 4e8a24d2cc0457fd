// Reports: pure functions of a result (result.h).
#pragma once
#include <jansson.h>
#include <stdbool.h>

// For people. `colours`: with the escape sequences of a terminal. `failures`: of how many failed tests
// the details are shown; what was left out is said. The caller frees the text.
char *report_text(const json_t *result, bool colours, int failures);
enum { REPORT_ALL_FAILURES = 1000000 };

// For programs: the result itself. The caller frees the text.
char *report_json(const json_t *result);
