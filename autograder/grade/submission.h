// The learner's files on disk.
#pragma once
#include "gate.h"
#include "workbook.h"

// Lets the file of an exercise in: exercises/ID/SLUG.c of the working copy if `folder` is NULL, or
// folder/ID/SLUG.c or, if that is not there, folder/SLUG.c. `name`, how reports call it, has
// WORKBOOK_PATH_SIZE bytes. The caller frees the source's text.
struct source submission_read(const char *folder, const struct exercise *exercise, char *name);

// Only that name.
void submission_name(const char *folder, const struct exercise *exercise, char *name);
