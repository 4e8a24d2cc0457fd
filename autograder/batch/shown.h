// Names that strangers chose, made harmless: what is shown can go to a terminal, a file name, a table or
// a web page (which still escape what is special to them).
#pragma once
#include <stddef.h>

enum { SHOWN_SIZE = 1100 }; // holds what a name of 255 bytes can become

// Writes `name` with every byte that is not part of a printable character in UTF-8 as \xNN, and '\' as
// "\\", so that two names never look the same. What does not fit into `size` bytes is cut, with "..." at
// the end. Returns `shown`.
char *shown_name(const char *name, char *shown, size_t size);

// A file name for a shown name: the same, or, if it is too long for one, its beginning and its digest.
// `file` has SHOWN_SIZE bytes.
char *shown_file(const char *shown, char *file);
