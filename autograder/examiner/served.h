// What the image server saw that ran beside a drive (driver/gallery.h): the submission cannot change it.
#pragma once
#include "../sandbox/outcome.h"
#include <stdint.h>

// One of its counters: "connections", "connections_at_once", "requests", "requests_at_once", "bytes" (see
// imageserver/counters.h). Ends the test as "not graded" if the server has told nothing.
int64_t served(const struct outcome *outcome, const char *counter);

// How many requests there were for this path with its query, as it stands in the link behind the address;
// and for all whose path begins with it.
int64_t served_requests(const struct outcome *outcome, const char *path);
int64_t served_requests_below(const struct outcome *outcome, const char *beginning);
