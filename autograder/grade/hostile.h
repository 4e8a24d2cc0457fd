// Hostile submissions: sources that attack the grader or exhaust the machine. The comment at their head
// says what is expected:
//
//   // Never ends.
//   // levels: A C
//   // points: 0
//   // brings: process_start
//   // says: an endless loop
//
// levels: of the sandbox, at which it is run. points: the most that it may earn. says: a text that the
// report must contain; several are allowed, and "says A:" is for one level only.
// brings: the functions of the API that it defines, or "nothing"; rest.h, in the same folder, has all
// others and is put behind it. "everything": it is graded as it is, without rest.h.
#pragma once
#include <stdbool.h>

enum { HOSTILE_TEXTS = 8 };

struct hostile {
    char levels[4]; // "AC"
    int points;
    char brings[256]; // "process_start process_join"
    struct {
        char level; // '\0': all
        char text[128];
    } says[HOSTILE_TEXTS];
    int says_count;
};

// Reads the head of `path`. Returns false if it is not as it should be.
bool hostile_read(const char *path, struct hostile *hostile);

// Looks for what `report` should say at `level`, white space aside. Returns NULL, or the first text that
// is missing.
const char *hostile_missing(const struct hostile *hostile, char level, const char *report);

// Makes the submission: writes the text of `path` to `target`, and behind it, unless it brings
// everything, "#define BRINGS_NAME" for each name, and the text of `rest`. The lines of `path` keep their
// numbers, and those of `rest` are named as its own. Returns 0, or -1 with errno set.
int hostile_make(const char *path, const struct hostile *hostile, const char *rest, const char *target);
