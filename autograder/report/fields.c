// What the formats read from a result, and the words that they share.
#include "fields.h"
#include "../grade/die.h"
#include "../grade/result.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *field_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

double field_real(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

long long field_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_integer(value))
        return json_integer_value(value);
    double real = json_number_value(value);
    if (real <= -1e15 || real >= 1e15)
        return 0;
    long long whole = (long long)real;
    return whole - (whole > real);
}

bool has_status(const json_t *object, const char *status)
{
    return strcmp(field_text(object, "status"), status) == 0;
}

bool is_built(const json_t *exercise)
{
    return has_status(json_object_get(exercise, "build"), "built");
}

bool is_build_fault(const json_t *exercise)
{
    return has_status(json_object_get(exercise, "build"), "not_graded");
}

char *compose(const char *format, ...)
{
    char *text = NULL;
    size_t size;
    va_list values;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        die("out of memory");
    va_start(values, format);
    vfprintf(file, format, values);
    va_end(values);
    if (fclose(file) != 0)
        die("out of memory");
    return text;
}

void put_value(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) == -1)
        die("out of memory, or \"%s\" is no text", key);
}

void append_value(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) == -1)
        die("out of memory");
}

void put_text(json_t *object, const char *key, char *text)
{
    put_value(object, key, json_string(text));
    free(text);
}

char *build_sentence(const json_t *exercise)
{
    static const struct {
        const char *status;
        const char *before, *after; // around the name of the file
    } sentences[] = {
        {"built", "The compiler warns about ", ""},
        {"not_compiled", "", " does not compile, so nothing could be tested"},
        {"not_linked", "", " does not link, so nothing could be tested"},
        {"not_graded", "Not graded, and no fault of yours: nothing of ", " was tested"},
        {"refused", "", " was refused, so nothing could be tested"},
        {"missing", "", " was not tested"},
    };
    const json_t *build = json_object_get(exercise, "build");
    size_t i = 0;
    while (i + 1 < sizeof sentences / sizeof *sentences && !has_status(build, sentences[i].status))
        i++;
    return compose("%s%s%s", sentences[i].before, field_text(exercise, "file"), sentences[i].after);
}

char *explanation(const json_t *test)
{
    const char *message = field_text(test, "message");
    if (has_status(test, "passed"))
        return compose("%s", "");
    if (has_status(test, "not_graded"))
        return compose(
            "This is no fault of yours: the test could not be carried out, and is not graded.\n%s",
            message);
    if (!has_status(test, "not_reached"))
        return compose("%s", message);
    if (message[0] == '\0')
        return compose("Not reached: nothing could be tested.");
    return compose("Not reached: it is tried when %s passes.", message);
}

char *command_by_hand(const json_t *result, const json_t *exercise, const json_t *test)
{
    const json_t *environment = json_object_get(result, "environment");
    const char *drive = field_text(test, "drive"), *arguments = field_text(test, "arguments");
    const char *quote = arguments[0] != '\0' ? "\"" : "";
    const char *sanitize = json_is_true(json_object_get(environment, "sanitized")) ? " SANITIZE=1" : "";
    const char *library = strcmp(field_text(environment, "library"), "mine") == 0 ? " LIBRARY=mine" : "";
    if (drive[0] == '\0')
        return compose("make grade E=%s%s%s", field_text(exercise, "id"), sanitize, library);
    return compose("make run E=%s D=%s%s%s%s%s%s%s", field_text(exercise, "id"), quote, drive,
                   quote[0] != '\0' ? " " : "", arguments, quote, sanitize, library);
}

const char *reservation(const json_t *result)
{
    bool busy = result_has_busy(result);
    if (has_status(result, "not_graded"))
        return busy ? "What was too busy to be measured is left out. Not everything could be graded."
                    : "Not everything could be graded.";
    return busy ? "What was too busy to be measured is left out." : "";
}

char *points_sentence(const json_t *result)
{
    const char *but = reservation(result);
    return compose("%lld of %lld points%s%s", field_number(result, "points"),
                   field_number(result, "max_points"), but[0] != '\0' ? ". " : "", but);
}

char *circumstances(const json_t *result)
{
    const json_t *environment = json_object_get(result, "environment");
    long long cpus = field_number(environment, "usable_cpus");
    return compose("sandbox %s, %lld usable CPU%s, seed %lld", field_text(environment, "sandbox"), cpus,
                   cpus == 1 ? "" : "s", field_number(environment, "seed"));
}

char *speed_sentence(const json_t *test)
{
    const json_t *speed = json_object_get(test, "speed");
    if (!json_is_object(speed))
        return compose("%s", "");
    return compose("%.2f times as fast as one process; %.2f is full marks", field_real(speed, "speedup"),
                   field_real(speed, "target"));
}

char *excerpt(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length <= most)
        return compose("%s", text);
    while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80) // inside a character
        most--;
    return compose("%.*s\n... (%zu bytes more)", (int)most, text, length - most);
}
