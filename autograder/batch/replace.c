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

static const char unfinished[] = ".unfinished";

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

static int write_all(int file, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t part = write(file, text, left);
        if (part == -1 && errno != EINTR)
            return -1;
        text += part > 0 ? part : 0;
        left -= part > 0 ? (size_t)part : 0;
    }
    return fsync(file);
}

int replace_file(int folder, const char *name, const char *text)
{
    if (says(folder, name, text))
        return 0;
    if (unlinkat(folder, unfinished, 0) == -1 && errno != ENOENT) // of one that was killed
        return -1;
    int file = openat(folder, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file == -1)
        return -1;
    int written = write_all(file, text);
    if (close(file) == -1 || written == -1)
        return -1;
    return renameat(folder, unfinished, folder, name);
}
