// Takes a folder of submissions in. What is in it was made by strangers: nothing of it is run, no link is
// followed, archives are read in the sandbox, and what cannot be read costs only itself.
#pragma once
#include "../grade/build.h"
#include "commit.h"
#include "shown.h"

// A file of an exercise, as it was handed in.
struct handed_in {
    const struct exercise *exercise;
    struct source source;  // let in or refused (gate.h)
    char file[SHOWN_SIZE]; // where it lies in the submission, harmless to show
};

struct submission {
    char name[SHOWN_SIZE];    // whose it is: the name of the folder or the archive, harmless to show
    char commit[COMMIT_SIZE]; // of a clone; or ""
    char why[512];            // why nothing of it could be taken in: a sentence; or ""
    char instead[512];        // of a folder without a file of an exercise: a sentence on what lies there
    struct handed_in *files;
    size_t count;
};

enum intake_kind { INTAKE_NONE, INTAKE_FOLDER, INTAKE_ARCHIVE };

// An entry of the folder of submissions. One of no kind is no submission.
struct entry {
    char *raw;             // its name as it is
    char name[SHOWN_SIZE]; // whose it is; what it is called, if it is no submission
    enum intake_kind kind;
    char why[128]; // why it is no submission
};

// Lists the folder, in the order of the names; those that begin with '.' are left out, and so is the
// folder `own` (where the grader writes to, may be NULL). Ends the program if it cannot be listed. The
// caller frees each `raw` and the list.
struct entry *intake_list(const char *folder, const char *own, size_t *count);

// Reads one submission. Archives are unpacked in the sandbox at the ground's level; the ground must be
// one of intake_prepare(). The caller gives it to intake_free().
void intake_read(const struct ground *ground, const char *folder, const struct entry *entry,
                 struct submission *submission);
void intake_free(struct submission *submission);

// Puts what reads archives on the ground. Ends the program if it cannot.
void intake_prepare(const struct ground *ground);

// For folders.c and archives.c: adds a file that was found at `path` of a submission; takes the ownership
// of the source's text.
struct handed_in *intake_add(struct submission *submission, const struct exercise *exercise,
                             const struct source *source, const char *path);
