// The sink of a report: a place in the file system where it goes, among people and programs that cannot
// be trusted.
#pragma once
#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

enum sink_kind {
    SINK_FILE,   // replaced as a whole, as often as one likes
    SINK_APPEND, // a file that others write to, too: added to
    SINK_STREAM, // a device or a named pipe
};

struct sink {
    enum sink_kind kind;
    int descriptor;          // of the folder of a SINK_FILE, else of the thing itself
    char name[NAME_MAX + 1]; // in that folder
    char fresh[32];          // what the next content is called there until it is whole
    mode_t mode;             // of a SINK_FILE: what the umask leaves when it is opened
};

// Opens the place `path`; if it is a folder, the file `name` in it. A link at the end of the path is not
// followed. Nothing is changed yet, but that a missing file to append to is made. Returns 0, or -1 with
// errno: what open(2) says; ELOOP: it is a link; EACCES, EROFS: the folder does not let anybody write.
int sink_open(struct sink *sink, const char *path, const char *name, bool append);

// Writes the text: a SINK_FILE has either its old content or all of the new one, whatever happens. What
// others have put in its place meanwhile, a link for example, is replaced, not followed. Returns 0, or -1
// with errno.
int sink_write(const struct sink *sink, const char *text);

// Also removes what a sink_write() that was killed (in another process) has left beside the file.
void sink_close(struct sink *sink);
