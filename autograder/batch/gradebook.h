// The gradebook of a class: an SQLite database, made and read by these functions alone. Its tables stand
// in gradebook_schema.h.
//
// Each change is a transaction that is on the disk when the function returns, so that a grader that is
// killed loses nothing that was recorded. Several processes may have the gradebook open, each by a handle
// of its own (a handle must not be used behind a fork). A fault of the database ends the program with a
// message: it is never charged to a student.
#pragma once
#include "attempt.h"
#include <jansson.h>

struct gradebook;

// The state that the tables call so.
enum attempt_state gradebook_state(const char *name);

// Opens the gradebook; makes it if there is none, and adds what a gradebook of an earlier version lacks.
struct gradebook *gradebook_open(const char *path);
void gradebook_close(struct gradebook *book);

// From here on all changes are one transaction, which ends with gradebook_commit().
void gradebook_begin(struct gradebook *book);
void gradebook_commit(struct gradebook *book);

// The seed of this class. The first one stays, so that a batch that goes on gives the same inputs;
// `given` (or NULL) replaces it.
uint64_t gradebook_seed(struct gradebook *book, const uint64_t *given, uint64_t fresh);

// The student's number; makes it. `note`: what is to be said of the last submission as a whole, or "".
int64_t gradebook_student(struct gradebook *book, const char *name, const char *note);

// Notes that the student has handed the exercise in, whatever comes of it.
void gradebook_hand_in(struct gradebook *book, int64_t student, const char *exercise);

// Keeps what is graded, to be read by whoever grades it. The caller frees the text of what was kept.
void gradebook_keep(struct gradebook *book, const char *digest, const struct source *source);
struct source gradebook_source(struct gradebook *book, const char *digest);

// Looks for an attempt at the same source by the same grader that need not be repeated: sets its id,
// state (ATTEMPT_GRADED or ATTEMPT_UNTIMED) and seed. Where there is none the state is ATTEMPT_NONE.
void gradebook_find(struct gradebook *book, struct attempt *attempt);

// Records an attempt; attempt->id gets its number. If that is not 0, it is the untimed attempt of that
// number that is finished; one that is finished already stays as it is.
void gradebook_record(struct gradebook *book, struct attempt *attempt, const json_t *result);

// The result of an attempt. The caller gives it to json_decref().
json_t *gradebook_result(struct gradebook *book, int64_t attempt);
