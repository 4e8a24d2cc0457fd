// The standard input of a program.
#pragma once
#include <stddef.h>

// A file in memory with these bytes, so that nobody has to stand by and feed a pipe. Returns a descriptor
// at its beginning, or -1 with errno.
int feed_make(const void *bytes, size_t size);

// Writes all the bytes. Returns 0, or -1 with errno.
int feed_write(int descriptor, const char *bytes, size_t size);
