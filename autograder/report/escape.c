// Text as a part of another language.
#include "escape.h"
#include "../grade/die.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Whether a CI system could take what stands here for a command, unless this character is replaced:
// the second one of "##" anywhere ("##[error]", "##vso[...]", "##teamcity[...]"), and of "::" at the
// begin of a word, which could become the begin of a line.
static bool begins_command(const char *text, size_t at)
{
    if (at == 0 || text[at] != text[at - 1])
        return false;
    return text[at] == '#' || (text[at] == ':' && (at == 1 || isspace((unsigned char)text[at - 2])));
}

static void write_number(char character, const char *format, FILE *file)
{
    fprintf(file, format, (unsigned)(unsigned char)character);
}

void escape_text(const char *text, FILE *file)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (begins_command(text, i))
            write_number(text[i], "\\x%02x", file);
        else
            fputc(text[i], file);
    }
}

static void escape_xml(const char *text, const char *also, FILE *file)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (strchr(also, text[i]) != NULL || begins_command(text, i))
            write_number(text[i], "&#%u;", file);
        else
            fputc(text[i], file);
    }
}

void escape_markup(const char *text, FILE *file)
{
    escape_xml(text, "&<>", file);
}

void escape_attribute(const char *text, FILE *file)
{
    escape_xml(text, "&<>\"'\n\t", file);
}

void escape_markdown(const char *text, FILE *file)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '<' || text[i] == '>' || text[i] == '&' || text[i] == '@' ||
            begins_command(text, i))
            write_number(text[i], "&#%u;", file); // "@" would mention somebody
        else if (isspace((unsigned char)text[i]))
            fputc(' ', file);
        else if (ispunct((unsigned char)text[i]) && strchr(",;'", text[i]) == NULL)
            fprintf(file, "\\%c", text[i]);
        else
            fputc(text[i], file);
    }
}

static void escape_percent(const char *text, const char *also, FILE *file)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '%' || text[i] == '\n' || text[i] == '\r' || strchr(also, text[i]) != NULL)
            write_number(text[i], "%%%02X", file);
        else if (begins_command(text, i))
            write_number(text[i], "\\x%02x", file);
        else
            fputc(text[i], file);
    }
}

void escape_command_data(const char *text, FILE *file)
{
    escape_percent(text, "", file);
}

void escape_command_property(const char *text, FILE *file)
{
    escape_percent(text, ":,", file);
}

void escape_tap(const char *text, FILE *file)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '#' || text[i] == '\\')
            fprintf(file, "\\%c", text[i]);
        else if (begins_command(text, i))
            write_number(text[i], "\\\\x%02x", file);
        else
            fputc(isspace((unsigned char)text[i]) ? ' ' : text[i], file);
    }
}

void escape_json(const json_t *value, size_t flags, FILE *file)
{
    char *text = json_dumps(value, flags | JSON_REAL_PRECISION(6));
    if (text == NULL)
        die("cannot write the result");
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '#' && i > 0 &&
            text[i - 1] == '#') // only in a string; "::" begins no line in JSON
            fprintf(file, "\\u0023");
        else
            fputc(text[i], file);
    }
    free(text);
}
