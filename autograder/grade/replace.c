// Files that are replaced as a whole, or not at all.
#include "replace.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool says(int folder, const char *name, const char *text)
{
    struct stat status;
    size_t size = strlen(text);
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file == -1)
        return false;
    char *bytes = NULL;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size == size)
        bytes = malloc(size + 1);
    bool same =
        bytes != NULL && read(file, bytes, size) == (ssize_t)size && memcmp(bytes, text, size) == 0;
    free(bytes);
    close(file);
    return same;
}

int write_all(int file, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t part = write(file, text, left);
        if (part == -1 && errno != EINTR)
            return -1;
        text += part > 0 ? part : 0;
        left -= part > 0 ? (size_t)part : 0;
    }
    return 0;
}

// fsync(2): or a crash of the machine could leave the name without its content.
static int write_fresh(int folder, const char *fresh, mode_t mode, const char *text)
{
    if (unlinkat(folder, fresh, 0) == -1 && errno != ENOENT)
        return -1;
    int file = openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file == -1)
        return -1;
    bool written = write_all(file, text) == 0 && fchmod(file, mode) == 0 && fsync(file) == 0;
    int error = errno;
    bool closed = close(file) == 0;
    errno = written ? errno : error;
    return written && closed ? 0 : -1;
}

int replace_file(int folder, const char *name, const char *fresh, mode_t mode, const char *text)
{
    if (says(folder, name, text))
        return 0;
    if (write_fresh(folder, fresh, mode, text) == 0 && renameat(folder, fresh, folder, name) == 0)
        return 0;
    int error = errno;
    unlinkat(folder, fresh, 0);
    errno = error;
    return -1;
}
