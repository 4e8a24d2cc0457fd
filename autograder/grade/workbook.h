// The workbook on disk: where it is, and what exercises it has. Everything is read from the folders and
// from the lessons' front matter.
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { WORKBOOK_PATH_SIZE = 4096 };

struct exercise {
    char id[64];     // the folder: "02-process"
    char slug[64];   // the module: "process"
    char title[128]; // from the lesson
};

// The folder that holds the workbook: two levels above this program, which is build/grade (or a
// program in build/tests). Ends the program if it cannot be found. The string is static.
const char *workbook_root(void);

// Writes root + "/" + the formatted rest into `path`, which has WORKBOOK_PATH_SIZE bytes. Returns `path`.
__attribute__((format(printf, 2, 3))) char *workbook_path(char *path, const char *format, ...);

// All exercises, in order. The array is static. Ends the program if there are none.
const struct exercise *workbook_exercises(size_t *count);

// The exercise with this id or this slug, or NULL.
const struct exercise *workbook_find(const char *name);

// The same, but ends the program with a message if there is none.
const struct exercise *workbook_require(const char *name);

// Whether the exercise's solution is there, to be read afterwards: in a starter it is not.
bool workbook_has_solution(const struct exercise *exercise);

// Reads a `key: value` line of a lesson's front matter; quotes are removed. Returns false if it is not
// there.
bool workbook_front_matter(const char *path, const char *key, char *value, size_t size);
