// What must hold for every report, whatever a submission wrote.
#include "harmless.h"
#include "../grade/die.h"
#include "../sandbox/visible.h"
#include "formats.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *first_invisible(const char *text)
{
    char *visible = visible_text(text, strlen(text));
    if (visible == NULL)
        die("out of memory");
    size_t at = 0;
    while (text[at] != '\0' && text[at] == visible[at])
        at++;
    bool same = text[at] == visible[at];
    free(visible);
    return same ? NULL : text + at;
}

static bool begins_with(const char *text, const char *begin)
{
    return strncmp(text, begin, strlen(begin)) == 0;
}

// A line that a runner of GitHub takes for a command. The annotations are such lines, and nothing else.
static bool is_wrong_line(const char *line, bool annotations)
{
    bool own = begins_with(line, "::error ") || begins_with(line, "::warning ") ||
               begins_with(line, "::notice ");
    return annotations ? !own && *line != '\0' : begins_with(line, "::");
}

const char *harm_in(const struct report_format *format, const char *text)
{
    static const char *const marks[] = {"##[", "##vso", "##teamcity"};
    const char *harm = first_invisible(text);
    for (size_t i = 0; i < sizeof marks / sizeof *marks && harm == NULL; i++)
        harm = strstr(text, marks[i]);
    for (const char *line = text; *line != '\0' && harm == NULL; line += strcspn(line, "\n")) {
        line += strspn(line, " \t\n");
        if (is_wrong_line(line, format->write == report_github))
            harm = line;
    }
    return harm;
}
