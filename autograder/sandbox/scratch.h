// A temporary directory of our own, outside the workbook: also there for the user whom we become
// when we are root, while the workbook may lie in a private folder.
#pragma once

enum { SCRATCH_PATH_SIZE = 256 };

// Makes one below $TMPDIR or /tmp that everybody may enter and only we may change; `path` gets its
// name. If we are root, $TMPDIR counts only where other users can enter it. Returns 0, or -1 with errno.
int scratch_make(char path[SCRATCH_PATH_SIZE]);

// Removes it with all that is in it, whatever a hostile program has put there; no process may still run
// in it. Returns 0, or -1 with errno if something is left.
int scratch_remove(const char *path);
