// Hostile submissions: sources that attack the grader or exhaust the machine. Those that fit every
// exercise stand in hostile/attacks, those of one exercise in hostile/NN-slug. The comment at their head
// says what is expected:
//
//   // Never ends.
//   // levels: A B C
//   // points: 0
//   // brings: attack
//   // says: an endless loop
//
//   levels  of the sandbox, at which it is run
//   points  that it earns: "0", or "33 to 41" where it depends on the order of the tests
//   brings  what it defines: "attack", a function that is called where the exercise begins, functions of
//           the API, or "nothing". All else is in the exercise's rest.h, which is put behind it.
//           "everything": it is graded as it is, without rest.h.
//   says    a text that the report must contain; several lines are allowed. "says A:" is for one level
//           only; "this | that" is one of them, for on a busy machine it is not certain what comes first.
//
// In a text, {module} stands for the exercise's module, and {failure} for what the report says where the
// module does nothing but fail; rest.h's head says what that is: "// failure: process_start() gave -1".
#pragma once
#include <stdbool.h>

enum { HOSTILE_TEXTS = 8, HOSTILE_TEXT_SIZE = 160 };

struct hostile {
    char levels[4]; // "ABC"
    int least_points, most_points;
    char brings[256]; // "process_start process_join"
    struct {
        char level; // '\0': all
        char text[HOSTILE_TEXT_SIZE];
    } says[HOSTILE_TEXTS];
    int says_count;
};

// Reads the head of `path`. Returns false if it is not as it should be.
bool hostile_read(const char *path, struct hostile *hostile);

// Puts what `module` is called, and what the head of `rest` says of its failure, into the texts. Returns
// false if that head says nothing of it.
bool hostile_fit(struct hostile *hostile, const char *module, const char *rest);

// Looks for what `report` should say at `level`, white space aside. Returns NULL, or the first text that
// is missing.
const char *hostile_missing(const struct hostile *hostile, char level, const char *report);

// Makes the submission: writes the text of `path` to `target`, and behind it, unless it brings
// everything, "#define BRINGS_NAME" for each name, and the text of `rest`. The lines of `path` keep their
// numbers, and those of `rest` are named as its own. Returns 0, or -1 with errno set.
int hostile_make(const char *path, const struct hostile *hostile, const char *rest, const char *target);
