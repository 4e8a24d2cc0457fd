// Hostile submissions: what their heads say, and how they are put together.
#include "hostile.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_levels(const char *text, struct hostile *hostile)
{
    size_t count = 0;
    for (; *text != '\0' && count + 1 < sizeof hostile->levels; text++)
        if (isupper((unsigned char)*text))
            hostile->levels[count++] = *text;
}

static void read_points(const char *text, struct hostile *hostile)
{
    if (sscanf(text, "%d to %d", &hostile->least_points, &hostile->most_points) == 1)
        hostile->most_points = hostile->least_points;
}

static void read_line(const char *line, struct hostile *hostile)
{
    char level = '\0';
    char text[HOSTILE_TEXT_SIZE];
    if (strncmp(line, "// levels:", 10) == 0)
        read_levels(line + 10, hostile);
    else if (strncmp(line, "// points:", 10) == 0)
        read_points(line + 10, hostile);
    else if (sscanf(line, "// brings: %255[a-z0-9_ ]", hostile->brings) == 1)
        return;
    else if ((sscanf(line, "// says: %159[^\n]", text) == 1 ||
              sscanf(line, "// says %c: %159[^\n]", &level, text) == 2) &&
             hostile->says_count < HOSTILE_TEXTS) {
        hostile->says[hostile->says_count].level = level;
        snprintf(hostile->says[hostile->says_count++].text, sizeof text, "%s", text);
    }
}

bool hostile_read(const char *path, struct hostile *hostile)
{
    char line[512];
    *hostile = (struct hostile){.least_points = -1};
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    while (fgets(line, sizeof line, file) != NULL && strncmp(line, "//", 2) == 0)
        read_line(line, hostile);
    fclose(file);
    return hostile->levels[0] != '\0' && hostile->least_points >= 0 && hostile->brings[0] != '\0' &&
           hostile->says_count > 0;
}

// Replaces `name` in `text`, once at most.
static void replace(char *text, const char *name, const char *value)
{
    char replaced[2 * HOSTILE_TEXT_SIZE];
    const char *at = strstr(text, name);
    if (at == NULL)
        return;
    snprintf(replaced, sizeof replaced, "%.*s%s%s", (int)(at - text), text, value, at + strlen(name));
    snprintf(text, HOSTILE_TEXT_SIZE, "%.*s", HOSTILE_TEXT_SIZE - 1, replaced);
}

bool hostile_fit(struct hostile *hostile, const char *module, const char *rest)
{
    char line[512], failure[HOSTILE_TEXT_SIZE] = "";
    FILE *file = fopen(rest, "re");
    if (file == NULL)
        return false;
    while (failure[0] == '\0' && fgets(line, sizeof line, file) != NULL && strncmp(line, "//", 2) == 0)
        sscanf(line, "// failure: %159[^\n]", failure);
    fclose(file);
    for (int i = 0; i < hostile->says_count; i++) {
        replace(hostile->says[i].text, "{module}", module);
        replace(hostile->says[i].text, "{failure}", failure);
    }
    return failure[0] != '\0';
}

static bool append_file(FILE *target, const char *path)
{
    char bytes[4096];
    size_t size;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
        fwrite(bytes, 1, size, target);
    bool whole = !ferror(file);
    fclose(file);
    return whole;
}

static bool append_rest(FILE *target, const struct hostile *hostile, const char *rest)
{
    char names[sizeof hostile->brings];
    char *left;
    memcpy(names, hostile->brings, sizeof names);
    fputc('\n', target);
    for (char *name = strtok_r(names, " ", &left); name != NULL; name = strtok_r(NULL, " ", &left))
        fprintf(target, "#define BRINGS_%s\n", name);
    fputs("#line 1 \"rest.h\"\n", target);
    return append_file(target, rest);
}

int hostile_make(const char *path, const struct hostile *hostile, const char *rest, const char *target)
{
    FILE *file = fopen(target, "we");
    if (file == NULL)
        return -1;
    bool whole = append_file(file, path) &&
                 (strcmp(hostile->brings, "everything") == 0 || append_rest(file, hostile, rest));
    whole = !ferror(file) && whole;
    return fclose(file) == 0 && whole ? 0 : -1;
}

// Whether `text` stands in `report`; any white space is as good as any other.
static bool contains(const char *report, const char *text)
{
    for (; *report != '\0'; report++) {
        const char *r = report;
        const char *t = text;
        while (*t != '\0') {
            if (isspace((unsigned char)*t) && isspace((unsigned char)*r)) {
                t += strspn(t, " \t\n");
                r += strspn(r, " \t\n");
            } else if (*t++ != *r++) {
                break;
            } else if (*t == '\0') {
                return true;
            }
        }
    }
    return false;
}

// Whether one of the alternatives "this | that" stands in `report`.
static bool contains_one(const char *report, const char *alternatives)
{
    char texts[HOSTILE_TEXT_SIZE];
    snprintf(texts, sizeof texts, "%s", alternatives);
    char *text = texts;
    for (char *end; (end = strstr(text, " | ")) != NULL; text = end + 3) {
        *end = '\0';
        if (contains(report, text))
            return true;
    }
    return contains(report, text);
}

const char *hostile_missing(const struct hostile *hostile, char level, const char *report)
{
    for (int i = 0; i < hostile->says_count; i++)
        if ((hostile->says[i].level == '\0' || hostile->says[i].level == level) &&
            !contains_one(report, hostile->says[i].text))
            return hostile->says[i].text;
    return NULL;
}
