// The learner's files on disk.
#include "submission.h"
#include <stdio.h>
#include <unistd.h>

void submission_find(const char *folder, const struct exercise *exercise, char *path, char *name)
{
    if (folder == NULL) {
        workbook_path(path, "exercises/%s/%s.c", exercise->id, exercise->slug);
        snprintf(name, WORKBOOK_PATH_SIZE, "exercises/%s/%s.c", exercise->id, exercise->slug);
        return;
    }
    snprintf(path, WORKBOOK_PATH_SIZE, "%s/%s/%s.c", folder, exercise->id, exercise->slug);
    if (access(path, F_OK) == -1)
        snprintf(path, WORKBOOK_PATH_SIZE, "%s/%s.c", folder, exercise->slug);
    snprintf(name, WORKBOOK_PATH_SIZE, "%s", path);
}
