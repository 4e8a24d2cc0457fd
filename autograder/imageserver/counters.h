// What the server has seen: how many connections and requests, how many at the same time, and what was
// asked for how often.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counters;

// Returns counters that all stand at 0, to be given to counters_release(), or NULL with errno ENOMEM.
struct counters *counters_create(void);
void counters_release(struct counters *counters);

void counters_connection_opened(struct counters *counters);
void counters_connection_closed(struct counters *counters);

// A request for `path` (with its query) has come at `now`, in milliseconds. Returns how many there were
// for it before. Of at most COUNTERS_MOST_PATHS paths each is counted by itself; requests for others are
// counted, and 0 is returned.
enum { COUNTERS_MOST_PATHS = 10000 };
size_t counters_request_begun(struct counters *counters, const char *path, int64_t now);

// What became of a request.
struct counted {
    unsigned status; // of its answer; 0: it got none
    size_t bytes;    // of the body that were sent
    bool authorized; // it had a header Authorization
    int64_t next;    // when it was told to come again (Retry-After), or 0
};

// The answer to a request was sent, or could not be.
void counters_request_ended(struct counters *counters, const char *path, const struct counted *counted);

// Sets all to 0, but what is going on at present goes on.
void counters_reset(struct counters *counters);

// {"connections": 3, "connections_at_once": 2, "requests": 4, "requests_at_once": 2, "bytes": 812,
//  "paths": {"/images/...": {"requests": 1, "bytes": 203, "last_status": 200, "authorized": 0,
//                            "early": 0}, ...}}
// "at_once" is the most that there ever were at the same time; "authorized" had a header Authorization;
// "early" came again earlier than it was told to. For the caller to free; NULL: no memory.
json_t *counters_json(const struct counters *counters);
