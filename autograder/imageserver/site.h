// What the server has to offer, and what it answers to which request. Knows nothing of sockets.
//
//   GET /gallery   links of pictures, as JSON; the header "Authorization: Client-ID ..." must be right
//   GET /images/SEED/NUMBER/WIDTHxHEIGHT/NAME   a picture; NAME may be anything
//   GET /WIDTH/HEIGHT?random=NUMBER             picture NUMBER of seed 1, as sites for sample pictures do
//   it GET /pages/SEED/NUMBER/SIZE                 a text of so many bytes GET /counters, DELETE
//   /counters             what the server has seen, as JSON; forgets it GET / the gallery, for a browser
//
// The query of a picture, a page or the counters says how the server conducts itself: see conduct.h. Each
// part of a gallery's query (also that of "/") is for its links, but
//   images=N seed=N width=PIXELS height=PIXELS   which pictures: else 10, 1, 320 and 240
//   names=odd                                    file names that are a trap for whoever believes them
//   fault=KIND@NUMBER                            a fault of this picture alone; may be there several
//   times list_delay= list_fault= ...                  the conduct towards this request itself
#pragma once
#include "counters.h"
#include "gallery.h"
#include <stddef.h>

struct site;

// Makes a site whose gallery opens to `client_id`, and whose counters can be reset by whoever asks, or
// not. The strings and counters stay the caller's, and have to live as long. Returns NULL with errno
// ENOMEM.
struct site *site_create(const char *client_id, bool can_reset, struct counters *counters);

// Draws the first `images` pictures of a gallery that asks for nothing else (320 x 240, seed 1) now and
// not when they are asked for.
void site_draw(struct site *site, int images);
void site_release(struct site *site);

struct request {
    const char *method;
    const char *path; // decoded, without the query
    const struct query_part *query;
    size_t query_size;
    bool is_too_long;          // the query has more parts than those
    const char *authorization; // the header, or NULL
    const char *host;          // the header, or NULL
    const char *address;       // of this server, "127.0.0.1:8000", if there is no such header
    size_t before;             // how many requests for the same there were before
};

struct answer {
    unsigned status;
    const char *type; // of the content
    const void *bytes;
    size_t size;
    void *owned;       // to be freed with the answer, or NULL
    char *location;    // of a redirect, or NULL; freed with the answer
    int retry_after;   // seconds; -1: the header is not sent
    const char *allow; // methods, or NULL
    struct conduct conduct;
};

// Answers a request: always, if need be by a 400 or 500. The answer is to be released; its bytes are
// there until then, and until the site is released.
void site_answer(struct site *site, const struct request *request, struct answer *answer);
void answer_release(struct answer *answer);
