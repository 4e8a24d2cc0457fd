// Lets a submitted file in, or says why not. The file is somebody else's: it may be anything.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { GATE_SIZE_MAX = 256 * 1024 }; // bytes of one source file

struct source {
    char *text; // NULL if it was not let in
    size_t size;
    bool missing;  // there is no such file
    bool fault;    // it could not be read by no fault of the learner
    char why[128]; // if it was not let in: a sentence to the learner
};

// Reads the file `path` below `folder`, which must be a regular file of 1 to GATE_SIZE_MAX bytes of text.
// `folder` is ours, and may be what it likes; of `path` no part may be a link: it would lead out of the
// folder, to what somebody else has handed in. It has no ".." and does not begin with '/'. Never waits
// (for the other end of a FIFO). The caller frees source.text.
struct source gate_read(const char *folder, const char *path);

// The same for the file `name` of the open folder `folder`; `name` is one name, without a '/'.
struct source gate_read_at(int folder, const char *name);

// The same for a file that somebody else has read: `mode` says what it is (st_mode of stat(2)), `bytes`
// are its first GATE_SIZE_MAX + 1 bytes, or all there are. They are copied.
struct source gate_take(mode_t mode, const void *bytes, size_t size);
