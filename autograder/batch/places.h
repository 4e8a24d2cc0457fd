// Where in a submission the file of an exercise lies. It knows names, and touches no file.
//
// The file of 08-pool is taken from 08-pool/pool.c, from pool.c or, as in a working copy of the workbook,
// from exercises/08-pool/pool.c; of these the first that is there. They may lie below leading folders: a
// folder leads if all that is handed in lies in it. What is nearest to the top counts. Names that begin
// with '.', and __MACOSX, which some systems add, are passed over.
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { PLACES_PATH_SIZE = 1024, PLACES_MOST_LEADING = 8 };

// How a file can lie below the leading folders, best first.
enum places_form { PLACES_IN_ITS_FOLDER, PLACES_BARE, PLACES_IN_EXERCISES, PLACES_FORMS };

struct place {
    enum places_form form;
    int depth; // how many folders lead
};

// Makes a path of an archive plain: "./a//b" becomes "a/b". Returns false if it is none of a file below
// the top (absolute, "..", longer than PLACES_PATH_SIZE - 1), or one that is passed over.
bool places_clean(const char *path, char clean[PLACES_PATH_SIZE]);

// Whether this name, of one file or folder, is passed over.
bool places_is_passed_over(const char *name);

// Whether the clean path is one for the exercise `id` with the module `slug`, and at which place.
bool places_find(const char *path, const char *id, const char *slug, struct place *place);

// Whether `a` is to be preferred to `b`.
bool places_is_better(const struct place *a, const struct place *b);

// The folders that lead so far: at first that of the first clean path of a file (`any` is false), then
// what it has in common with the folders of the others. Returns how many there are.
int places_lead(char leading[PLACES_PATH_SIZE], bool any, const char *path);
