// A class as its gradebook has it, for the reports.
#pragma once
#include "gradebook.h"
#include <stdio.h>

// Of one student in one exercise: the attempt that counts. Where the state is ATTEMPT_WAITING,
// ATTEMPT_UNTIMED or ATTEMPT_NOT_GRADED none counts yet, and there are no points.
struct mark {
    enum attempt_state state;
    int points;
    int max_points;
    char commit[COMMIT_SIZE];
    json_t *result; // of this exercise alone (result.h); NULL if there is no attempt
};

struct student {
    char *name;         // harmless to show (shown.h)
    char *note;         // what is to be said of the submission as a whole, or ""
    struct mark *marks; // one for each exercise
};

struct class
{
    const struct exercise **exercises; // that somebody has handed in, in the workbook's order
    size_t exercise_count;
    struct student *students; // by name
    size_t student_count;
};

// Reads it all. The caller gives it to class_free().
struct class class_read(struct gradebook *book);
void class_free(struct class *class);

// Whether the mark counts.
bool class_counts(const struct mark *mark);

// Of the points that count in an exercise (its number in the class); -1 if there are none.
double class_median(const struct class *class, size_t exercise);

// The reports: pure functions of the class. marks.csv is for a spreadsheet (RFC 4180; no cell can be
// taken for a formula), class.html for a browser, and the JSON of a student has the form of result.h,
// with a "note" where there is one. The caller frees the texts.
char *class_csv(const struct class *class);
char *class_html(const struct class *class);
char *class_json(const struct class *class, const struct student *student);

// Writes them all into the folder: marks.csv, class.html and results/NAME.json. A file that says the same
// already stays as it is; others are replaced, each as a whole. Returns 0, or -1 if something cannot be
// written, which is said on standard error.
int class_write(const struct class *class, const char *folder);
