// The result itself.
#include "escape.h"
#include "formats.h"

void report_json(const json_t *result, const struct report_settings *settings, FILE *file)
{
    (void)settings;
    escape_json(result, JSON_INDENT(2), file);
    fputc('\n', file);
}
