// The timing diagrams of a result.
#include "pictures.h"
#include "../report/picture.h"
#include "workbook.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool write_picture(const struct diagram *diagram, const char *title, const char *path)
{
    char whole[WORKBOOK_PATH_SIZE];
    FILE *file = fopen(workbook_path(whole, "%s", path), "we");
    if (file == NULL)
        return false;
    diagram_svg(diagram, title, file);
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

static void draw_test(const json_t *exercise, const json_t *test)
{
    char path[512];
    char title[512];
    struct diagram diagram;
    json_t *speed = json_object_get(test, "speed");
    if (!picture_read(speed, &diagram))
        return;
    snprintf(path, sizeof path, "build/diagrams/%s.%s.svg", text_of(exercise, "id"),
             text_of(test, "name"));
    snprintf(title, sizeof title, "%s: %s", text_of(exercise, "id"), text_of(test, "description"));
    if (write_picture(&diagram, title, path))
        json_object_set_new(speed, "picture", json_string(path));
    else
        fprintf(stderr, "grade: cannot write %s: %s\n", path, strerror(errno));
}

void pictures_write(json_t *result)
{
    char folder[WORKBOOK_PATH_SIZE];
    size_t i, j;
    json_t *exercise, *test;
    mkdir(workbook_path(folder, "build/diagrams"), 0777);
    json_array_foreach (json_object_get(result, "exercises"), i, exercise)
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            draw_test(exercise, test);
}
