// Lets a submitted file in, or says why not.
#include "gate.h"
#include <errno.h>
#include <fcntl.h>
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

static void read_text(int file, struct source *source)
{
    source->text = malloc(GATE_SIZE_MAX + 1);
    if (source->text == NULL) {
        refuse(source, "There is no memory to read it.");
        return;
    }
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
    if (source->size > GATE_SIZE_MAX)
        refuse(source, "It is larger than 256 KiB.");
    else if (source->size == 0)
        refuse(source, "It is empty.");
    else if (memchr(source->text, '\0', source->size) != NULL)
        refuse(source, "It is no C source: it contains NUL bytes.");
}

struct source gate_read(const char *path)
{
    struct source source = {0};
    struct stat status;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file == -1) {
        source.missing = errno == ENOENT || errno == ENOTDIR;
        source.fault = !source.missing && errno != ELOOP && errno != ENXIO;
        refuse(&source, source.missing   ? "There is no such file."
                        : errno == ELOOP ? "It is a symbolic link; only a regular file is graded."
                                         : "It cannot be opened.");
        return source;
    }
    if (fstat(file, &status) == -1 || !S_ISREG(status.st_mode))
        refuse(&source, "It is not a regular file.");
    else
        read_text(file, &source);
    close(file);
    return source;
}
