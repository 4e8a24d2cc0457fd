// The marks of a class for a spreadsheet.
#define _GNU_SOURCE // open_memstream
#include "../grade/die.h"
#include "class.h"
#include <string.h>

// RFC 4180: quotes are doubled. A spreadsheet takes what begins with one of these characters for a
// formula; an apostrophe before it keeps it a text.
static void cell(FILE *file, const char *text)
{
    bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
    fprintf(file, "\"%s", formula ? "'" : "");
    for (; *text != '\0'; text++)
        fprintf(file, *text == '"' ? "\"\"" : "%c", *text);
    fputc('"', file);
}

static const char *state_of(const struct mark *mark)
{
    switch (mark->state) {
    case ATTEMPT_NONE:
        return "not handed in";
    case ATTEMPT_WAITING:
        return "not graded yet";
    case ATTEMPT_UNTIMED:
        return "not timed yet";
    case ATTEMPT_GRADED:
        return "graded";
    case ATTEMPT_BUSY:
        return "busy";
    case ATTEMPT_NOT_GRADED:
        return "not graded";
    }
    return "";
}

// The byte order mark tells Excel that it is UTF-8: without it names come out garbled.
static void head(const struct class *class, FILE *file)
{
    fprintf(file, "\xEF\xBB\xBF"
                  "name");
    for (size_t i = 0; i < class->exercise_count; i++)
        fprintf(file, ",%s,%s of,%s state", class->exercises[i]->id, class->exercises[i]->id,
                class->exercises[i]->id);
    fprintf(file, ",points,of,commit,note\r\n");
}

static void row(const struct class *class, const struct student *student, FILE *file)
{
    int points = 0, most = 0;
    const char *commit = "";
    cell(file, student->name);
    for (size_t i = 0; i < class->exercise_count; i++) {
        const struct mark *mark = &student->marks[i];
        if (class_counts(mark))
            fprintf(file, ",%d,%d,%s", mark->points, mark->max_points, state_of(mark));
        else
            fprintf(file, ",,,%s", state_of(mark));
        points += class_counts(mark) ? mark->points : 0;
        most += class_counts(mark) ? mark->max_points : 0;
        commit = mark->commit[0] != '\0' ? mark->commit : commit;
    }
    fprintf(file, ",%d,%d,%s,", points, most, commit);
    cell(file, student->note);
    fprintf(file, "\r\n");
}

char *class_csv(const struct class *class)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        die("out of memory");
    head(class, file);
    for (size_t i = 0; i < class->student_count; i++)
        row(class, &class->students[i], file);
    if (fclose(file) != 0)
        die("out of memory");
    return text;
}
