// The gallery: which pictures somebody asked for, and the list of their links. Pure functions.
#pragma once
#include "conduct.h"
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GALLERY_MOST_IMAGES = 1000 };

struct query_part {
    const char *name, *value; // decoded; value may be NULL
};

struct gallery {
    uint64_t seed;
    int images, width, height;
    bool odd_names;
    struct conduct conduct;                    // towards the request for the list
    struct conduct links;                      // of the links
    unsigned char faults[GALLERY_MOST_IMAGES]; // enum fault: of single pictures
};

// Reads the query of a gallery. Returns NULL, or a sentence that says what is wrong with it.
const char *gallery_read(struct gallery *gallery, const struct query_part *query, size_t size);

// {"data": [{"id": 0, "link": "http://HOST/images/..."}, ...], "success": true, "status": 200}
// For the caller to free; NULL: no memory.
json_t *gallery_json(const struct gallery *gallery, const char *host);

// The same as a page for a browser. For the caller to free; NULL: no memory.
char *gallery_html(const struct gallery *gallery, const char *host);

// Whether a Host header can stand in a link: it may come from anybody. NULL is none.
bool gallery_is_host(const char *host);

// Path and query, encoded, without the part that is called `without` (may be NULL). For the caller to
// free; NULL: no memory.
char *gallery_url(const char *path, const struct query_part *query, size_t size, const char *without);

// A text of `size` bytes, in lines: the same numbers give the same text. For the caller to free; NULL: no
// memory.
char *gallery_page_text(uint64_t seed, uint64_t number, size_t size);
