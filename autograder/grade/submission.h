// The learner's files on disk.
#pragma once
#include "workbook.h"

// Finds the file of an exercise: exercises/ID/SLUG.c of the working copy if `folder` is NULL, or
// folder/ID/SLUG.c or, if that is not there, folder/SLUG.c. `path` and `name`, how reports call it, have
// WORKBOOK_PATH_SIZE bytes.
void submission_find(const char *folder, const struct exercise *exercise, char *path, char *name);
