// The staged hints of an exercise.
#include "hints.h"
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static size_t heading_level(const char *line)
{
    size_t level = strspn(line, "#");
    return line[level] == ' ' ? level : 0;
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end == NULL ? line + strlen(line) : end + 1;
}

// Where the section that starts at `heading` ends: at the next heading of its level or above.
static const char *section_end(const char *heading)
{
    bool in_code = false;
    size_t level = heading_level(heading);
    const char *line = next_line(heading);
    for (; *line != '\0'; line = next_line(line)) {
        if (strncmp(line, "```", 3) == 0)
            in_code = !in_code;
        size_t other = in_code ? 0 : heading_level(line);
        if (other > 0 && other <= level)
            break;
    }
    return line;
}

int hints_find(const char *readme, int wanted, const char **begin, size_t *size)
{
    int count = 0;
    bool in_code = false;
    *begin = NULL;
    for (const char *line = readme; *line != '\0'; line = next_line(line)) {
        if (strncmp(line, "```", 3) == 0)
            in_code = !in_code;
        size_t level = in_code ? 0 : heading_level(line);
        if (level == 0 || strncmp(line + level, " Hint", 5) != 0 ||
            isalpha((unsigned char)line[level + 5]))
            continue;
        if (++count == wanted) {
            *begin = line;
            *size = (size_t)(section_end(line) - line);
        }
    }
    return count;
}
