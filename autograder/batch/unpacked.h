// What the program `unpack` writes for each file that it takes out of an archive: this head, and behind
// it `size` bytes of the file. It runs in the sandbox, because archives are made by strangers and their
// formats are large; whoever reads this must not trust it either.
//
// usage: unpack ID/SLUG...     the archive is the standard input; the answer goes to descriptor 3
// exit status: 0, or 1 and a sentence on the error output
#pragma once
#include "places.h"
#include <stdint.h>

enum {
    UNPACKED_ANSWER = 3,
    UNPACKED_MOST_MEMBERS = 50000,
    UNPACKED_MOST_MIB = 256, // that an archive may unpack to
};

struct unpacked {
    uint32_t exercise; // its number on the command line
    uint32_t mode;     // what it is: st_mode of stat(2); 0: a hard link
    uint64_t size;     // at most GATE_SIZE_MAX + 1: a larger file is cut there
    char path[PLACES_PATH_SIZE];
};
