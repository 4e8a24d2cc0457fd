// A place in the file system where a report goes.
#include "place.h"
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
static int open_folder(struct place *place, const char *path, const char *name)
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
    strcpy(place->name, last);
    place->descriptor = open(length == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return place->descriptor == -1 ? -1 : 0;
}

// A folder instead of a file: goes into it.
static int enter(struct place *place, const char *name)
{
    int folder = openat(place->descriptor, place->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder == -1)
        return -1;
    close(place->descriptor);
    place->descriptor = folder;
    strcpy(place->name, name);
    return 0;
}

static int open_thing(struct place *place, int flags)
{
    int thing = openat(place->descriptor, place->name,
                       flags | O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, 0666);
    if (thing == -1)
        return -1;
    close(place->descriptor);
    place->descriptor = thing;
    return 0;
}

// A name that nobody can foresee.
static int name_fresh(struct place *place)
{
    uint32_t number;
    if (getrandom(&number, sizeof number, 0) != sizeof number)
        return -1;
    snprintf(place->fresh, sizeof place->fresh, ".report-%08x", (unsigned)number);
    return 0;
}

static int open_place(struct place *place, const char *name, bool append)
{
    struct stat status = {.st_mode = S_IFREG};
    bool there = fstatat(place->descriptor, place->name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        if (enter(place, name) == -1)
            return -1;
        status.st_mode = S_IFREG;
        there = fstatat(place->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    }
    if (!there && errno != ENOENT)
        return -1;
    if (S_ISLNK(status.st_mode))
        return refuse(ELOOP);
    if (S_ISDIR(status.st_mode))
        return refuse(EISDIR);
    place->kind = append ? PLACE_APPEND : S_ISREG(status.st_mode) ? PLACE_FILE : PLACE_STREAM;
    if (place->kind == PLACE_FILE) // a file is made beside it, and takes its name
        return faccessat(place->descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 ? name_fresh(place) : -1;
    return open_thing(place, append ? O_APPEND | O_CREAT : 0);
}

int place_open(struct place *place, const char *path, const char *name, bool append)
{
    if (open_folder(place, path, name) == -1)
        return -1;
    if (open_place(place, name, append) == 0)
        return 0;
    int error = errno;
    close(place->descriptor);
    return refuse(error);
}

int place_write(const struct place *place, const char *text)
{
    return place->kind == PLACE_FILE ? replace_file(place->descriptor, place->name, place->fresh, text)
                                     : write_all(place->descriptor, text);
}

void place_close(struct place *place)
{
    if (place->kind == PLACE_FILE)
        unlinkat(place->descriptor, place->fresh, 0);
    close(place->descriptor);
    place->descriptor = -1;
}
