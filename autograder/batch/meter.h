// The progress of a batch: a line for each grading, or on a terminal one line that changes, with the time
// that is left. It lies in shared memory, and each worker tells what it has done.
#pragma once
#include "gradebook.h"
#include <stdatomic.h>
#include <stdbool.h>

struct meter {
    int total;          // gradings of this phase
    atomic_int done;    // of them
    atomic_int to_time; // of those: with tests that are timed later
    bool timed;         // whether this is the phase in which is timed
    bool is_terminal;   // standard error
    double begun;       // CLOCK_MONOTONIC, s
};

// Makes one, in memory that is shared with every process that is forked later. Ends the program if it
// cannot.
struct meter *meter_make(void);

void meter_begin(struct meter *meter, int total, bool timed);

// One grading is done. Writes one piece, so that lines of several processes never mix.
void meter_tell(struct meter *meter, const char *name, const struct attempt *attempt);

// Ends the line of the terminal.
void meter_end(struct meter *meter);

// How many seconds are left when `done` of `total` gradings took so many, and those of them that are to
// be timed will take METER_TIMED_S each.
double meter_left(double seconds, int done, int to_time, int total);
enum { METER_TIMED_S = 3 };

// Says so: "less than a minute", "2 min", "1 h 5 min". `text` has 32 bytes. Returns `text`.
char *meter_words(double seconds, char *text);
