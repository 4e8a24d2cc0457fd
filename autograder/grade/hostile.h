// Hostile submissions: sources that attack the grader or exhaust the machine. The comment at their head
// says what is expected:
//
//   // Never ends.
//   // levels: A C
//   // points: 0
//   // says: an endless loop
//
// levels: of the sandbox, at which it is run. points: the most that it may earn. says: a text that the
// report must contain; several are allowed, and "says A:" is for one level only.
#pragma once
#include <stdbool.h>

enum { HOSTILE_TEXTS = 8 };

struct hostile {
    char levels[4]; // "AC"
    int points;
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
