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

// Holds a folder of scratch_make() for this process, for those that are forked from it, and for what they
// execute: until the last of them has ended, or has closed the descriptor that this returns. Only a
// folder that was held is ever swept. Returns -1 with errno where the file system cannot lock folders
// (flock(2)): then it stays if nobody removes it.
int scratch_hold(const char *path);

// Removes folders that were held by processes of this user which have all ended without removing them
// (SIGKILL, power cut), where scratch_make() would make one now; at most SCRATCH_SWEEP_MOST, so that
// nobody waits long. Calls `before` with the path of each first. What cannot be removed stays, without a
// word. Any number of processes may sweep, hold, make and remove at the same time.
enum { SCRATCH_SWEEP_MOST = 16 };
void scratch_sweep(void (*before)(const char *path));
