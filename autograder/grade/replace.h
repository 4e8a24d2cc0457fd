// Files that are replaced as a whole, or not at all.
#pragma once
#include <sys/types.h>

// Makes the file `name` of the open folder say `text`. If it does already it is left alone; if not it is
// written beside it, as `fresh`, brought to the disk, and put in its place (rename(2)): whoever reads it
// finds the old or the new one, also after a kill. A link in its place is replaced, not followed; what
// is called `fresh` (left by one that was killed) is removed. A file that is written gets this mode.
// Returns 0, or -1 with errno.
int replace_file(int folder, const char *name, const char *fresh, mode_t mode, const char *text);

// Writes the whole text. Returns 0, or -1 with errno.
int write_all(int file, const char *text);
