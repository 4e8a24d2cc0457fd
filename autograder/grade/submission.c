// The learner's files on disk.
#include "submission.h"
#include <stdio.h>
#include <stdlib.h>

struct source submission_read(const char *folder, const struct exercise *exercise, char *name)
{
    char path[256];
    if (folder == NULL) {
        snprintf(name, WORKBOOK_PATH_SIZE, "exercises/%s/%s.c", exercise->id, exercise->slug);
        return gate_read(workbook_root(), name);
    }
    snprintf(path, sizeof path, "%s/%s.c", exercise->id, exercise->slug);
    struct source source = gate_read(folder, path);
    if (source.missing) {
        snprintf(path, sizeof path, "%s.c", exercise->slug);
        source = gate_read(folder, path);
    }
    snprintf(name, WORKBOOK_PATH_SIZE, "%s/%s", folder, path);
    return source;
}

void submission_name(const char *folder, const struct exercise *exercise, char *name)
{
    struct source source = submission_read(folder, exercise, name);
    free(source.text);
}
