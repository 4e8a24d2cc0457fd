// How the server conducts itself towards one request: slowly, or wrongly, as the request's own query
// asks.
//
//   delay=MS        waits so long before it answers
//   meet=N          waits until N requests that want to meet are here, but no longer than 1.5 seconds
//   rate=BYTES      sends so many bytes a second
//   fault=KIND      goes wrong (see below)
//   times=N         only the first N requests for this path and query go wrong; else all do
//   after=SECONDS   what Retry-After says with fault=503; else 0
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_NOT_FOUND,   // 404
    FAULT_ERROR,       // 500
    FAULT_UNAVAILABLE, // 503, with Retry-After
    FAULT_REDIRECT,    // 302, to the same without fault
    FAULT_LOOP,        // 302, to itself
    FAULT_CUT,         // half of the body, and the connection is closed
    FAULT_LONG,        // the whole body, but Content-Length says that there is more
    FAULT_STALL,       // half of the body, and then nothing, for ever
    FAULT_ENDLESS,     // a body that never ends, a megabyte a second
    FAULT_DRIP,        // ten bytes a second
    FAULT_NONSENSE,    // 200, and a body that is not what was asked for
    FAULT_RESET,       // the connection is reset instead of an answer
    FAULTS,            // how many kinds there are
};

struct conduct {
    int delay_ms; // 0 to CONDUCT_MOST_DELAY_MS
    int meet;     // 0 to CONDUCT_MOST_MEET; 0 and 1: does not wait for others
    int64_t rate; // bytes a second; 0: as fast as it goes
    enum fault fault;
    int times; // 0: always
    int after; // seconds
};

enum { CONDUCT_MOST_DELAY_MS = 600000, CONDUCT_MOST_MEET = 256 };

// Takes over one part of a query. Returns 1, or 0 if this is no name of a conduct's, or -1 if the value
// is none that it can have. `value` may be NULL.
int conduct_set(struct conduct *conduct, const char *name, const char *value);

// The fault's name in queries: "404", "cut" ...; "" for none.
const char *conduct_fault_name(enum fault fault);

// A whole number in decimal, from `least` to `most`. Returns whether `text` is one; NULL is not.
bool number_read(const char *text, int64_t least, int64_t most, int64_t *number);
