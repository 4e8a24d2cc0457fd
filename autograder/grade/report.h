// Reports: pure functions of a result (result.h).
#pragma once
#include <jansson.h>
#include <stdbool.h>

// For people. `colours`: with the escape sequences of a terminal. The caller frees the text.
char *report_text(const json_t *result, bool colours);

// For programs: the result itself. The caller frees the text.
char *report_json(const json_t *result);
