// The result as JSON.
#include "die.h"
#include "report.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *report_json(const json_t *result)
{
    char *text = json_dumps(result, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    char *line = text == NULL ? NULL : realloc(text, strlen(text) + 2);
    if (line == NULL)
        die("cannot write the result");
    strcat(line, "\n");
    return line;
}
