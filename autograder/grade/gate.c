// Lets a submitted file in, or says why not.
#define _GNU_SOURCE // O_PATH
#include "gate.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void refuse(struct source *source, const char *why)
{
    free(source->text);
    source->text = NULL;
    snprintf(source->why, sizeof source->why, "%s", why);
}

// Looks at what was read, which is in source->text.
static void judge(struct source *source)
{
    if (source->size > GATE_SIZE_MAX)
        refuse(source, "It is larger than 256 KiB.");
    else if (source->size == 0)
        refuse(source, "It is empty.");
    else if (memchr(source->text, '\0', source->size) != NULL)
        refuse(source, "It is no C source: it contains NUL bytes.");
}

static bool has_room(struct source *source)
{
    source->text = malloc(GATE_SIZE_MAX + 1);
    source->fault = source->text == NULL;
    if (source->fault)
        refuse(source, "There is no memory to read it.");
    return !source->fault;
}

static void read_text(int file, struct source *source)
{
    if (!has_room(source))
        return;
    while (source->size <= GATE_SIZE_MAX) {
        ssize_t part = read(file, source->text + source->size, GATE_SIZE_MAX + 1 - source->size);
        if (part == 0)
            break;
        if (part == -1 && errno != EINTR) {
            refuse(source, "It cannot be read.");
            return;
        }
        if (part > 0)
            source->size += (size_t)part;
    }
    judge(source);
}

static const char a_link[] = "It is a symbolic link, or lies behind one; only a regular file is graded.";
static const char not_regular[] = "It is not a regular file.";

// Lets an open file in, and closes it; -1: errno says why it is not open, unless it lies behind a link.
static struct source let_in(int file, bool behind_link)
{
    struct source source = {0};
    struct stat status;
    if (file == -1) {
        bool link = behind_link || errno == ELOOP;
        source.missing = !link && (errno == ENOENT || errno == ENOTDIR);
        source.fault = !source.missing && !link && errno != ENXIO;
        refuse(&source, source.missing ? "There is no such file."
                        : link         ? a_link
                                       : "It cannot be opened.");
        return source;
    }
    if (fstat(file, &status) == -1 || !S_ISREG(status.st_mode))
        refuse(&source, not_regular);
    else
        read_text(file, &source);
    close(file);
    return source;
}

// Steps from the folder `from`, which is closed, into `name`, which is no link. Returns a descriptor, or
// -1 with errno.
static int step(int from, const char *name, int flags)
{
    int to = openat(from, name, flags | O_NOFOLLOW | O_CLOEXEC);
    int error = errno;
    close(from);
    errno = error;
    return to;
}

// Opens the file, folder by folder. Returns a descriptor, or -1 with errno.
static int open_below(const char *folder, const char *path)
{
    char part[NAME_MAX + 1];
    int place = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (const char *slash; place != -1 && (slash = strchr(path, '/')) != NULL; path = slash + 1) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        place = step(place, part, O_PATH | O_DIRECTORY);
    }
    return place == -1 ? -1 : step(place, path, O_RDONLY | O_NONBLOCK);
}

// O_NOFOLLOW with O_DIRECTORY calls a link no directory.
static bool is_link_below(const char *folder, const char *path)
{
    char whole[PATH_MAX];
    struct stat status;
    for (size_t length = strcspn(path, "/"); path[length] != '\0';
         length += 1 + strcspn(path + length + 1, "/")) {
        snprintf(whole, sizeof whole, "%s/%.*s", folder, (int)length, path);
        if (lstat(whole, &status) == 0 && S_ISLNK(status.st_mode))
            return true;
    }
    return false;
}

struct source gate_read(const char *folder, const char *path)
{
    int file = open_below(folder, path);
    int error = errno;
    bool behind_link = file == -1 && error == ENOTDIR && is_link_below(folder, path);
    errno = error;
    return let_in(file, behind_link);
}

struct source gate_read_at(int folder, const char *name)
{
    return let_in(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), false);
}

struct source gate_take(mode_t mode, const void *bytes, size_t size)
{
    struct source source = {0};
    if (!S_ISREG(mode)) {
        refuse(&source, S_ISLNK(mode) ? a_link : not_regular);
    } else if (has_room(&source)) {
        source.size = size;
        memcpy(source.text, bytes, size <= GATE_SIZE_MAX ? size : 0);
        judge(&source);
    }
    return source;
}
