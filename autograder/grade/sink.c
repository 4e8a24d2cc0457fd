// The sink of a report: a place in the file system where it goes.
#include "sink.h"
#include "replace.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(int error)
{
    errno = error;
    return -1;
}

// Opens the folder and finds the name in it.
static int open_folder(struct sink *sink, const char *path, const char *name)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    const char *last = path + length;
    if (path[0] == '\0')
        return refuse(ENOENT);
    if (last[0] == '\0')
        last = name;
    if (strlen(last) > NAME_MAX || length >= sizeof folder)
        return refuse(ENAMETOOLONG);
    memcpy(folder, path, length);
    folder[length] = '\0';
    strcpy(sink->name, last);
    sink->descriptor = open(length == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return sink->descriptor == -1 ? -1 : 0;
}

// A folder instead of a file: goes into it.
static int enter(struct sink *sink, const char *name)
{
    int folder = openat(sink->descriptor, sink->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder == -1)
        return -1;
    close(sink->descriptor);
    sink->descriptor = folder;
    strcpy(sink->name, name);
    return 0;
}

static int open_thing(struct sink *sink, int flags)
{
    int thing =
        openat(sink->descriptor, sink->name, flags | O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, 0666);
    if (thing == -1)
        return -1;
    close(sink->descriptor);
    sink->descriptor = thing;
    return 0;
}

// A name that nobody can foresee.
static int name_fresh(struct sink *sink)
{
    uint32_t number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return -1;
    snprintf(sink->fresh, sizeof sink->fresh, ".report-%08x", (unsigned)number);
    return 0;
}

static int open_sink(struct sink *sink, const char *name, bool append)
{
    struct stat status = {.st_mode = S_IFREG};
    bool there = fstatat(sink->descriptor, sink->name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        if (enter(sink, name) == -1)
            return -1;
        status.st_mode = S_IFREG;
        there = fstatat(sink->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    }
    if (!there && errno != ENOENT)
        return -1;
    if (S_ISLNK(status.st_mode))
        return refuse(ELOOP);
    if (S_ISDIR(status.st_mode))
        return refuse(EISDIR);
    sink->kind = append ? SINK_APPEND : S_ISREG(status.st_mode) ? SINK_FILE : SINK_STREAM;
    if (sink->kind == SINK_FILE) // a file is made beside it, and takes its name
        return faccessat(sink->descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 ? name_fresh(sink) : -1;
    return open_thing(sink, append ? O_APPEND | O_CREAT : 0);
}

int sink_open(struct sink *sink, const char *path, const char *name, bool append)
{
    mode_t mask = umask(0); // as it is now: what is made for the sandbox has another one
    umask(mask);
    sink->mode = 0666 & ~mask;
    if (open_folder(sink, path, name) == -1)
        return -1;
    if (open_sink(sink, name, append) == 0)
        return 0;
    int error = errno;
    close(sink->descriptor);
    return refuse(error);
}

int sink_write(const struct sink *sink, const char *text)
{
    return sink->kind == SINK_FILE
               ? replace_file(sink->descriptor, sink->name, sink->fresh, sink->mode, text)
               : write_all(sink->descriptor, text);
}

void sink_close(struct sink *sink)
{
    if (sink->kind == SINK_FILE)
        unlinkat(sink->descriptor, sink->fresh, 0);
    close(sink->descriptor);
    sink->descriptor = -1;
}
