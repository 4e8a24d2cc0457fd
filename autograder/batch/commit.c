// The commit that a clone made by git stands at.
#define _GNU_SOURCE // SYS_openat2
#include "commit.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Opens a regular file below the folder, by a path that leads nowhere else (openat2(2)).
static FILE *open_below(int folder, const char *path)
{
    struct stat status;
    const struct open_how how = {.flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
                                 .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV};
    int file = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
    if (file == -1)
        return NULL;
    FILE *stream = fstat(file, &status) == 0 && S_ISREG(status.st_mode) ? fdopen(file, "r") : NULL;
    if (stream == NULL)
        close(file);
    return stream;
}

static bool read_line(FILE *file, char *line, int size)
{
    if (fgets(line, size, file) == NULL)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

static bool read_first_line(int folder, const char *path, char *line, int size)
{
    FILE *file = open_below(folder, path);
    bool done = file != NULL && read_line(file, line, size);
    if (file != NULL)
        fclose(file);
    return done;
}

// The digits that `text` begins with, if there are as many as a commit has.
static bool take_commit(const char *text, char commit[COMMIT_SIZE])
{
    size_t length = strspn(text, "0123456789abcdef");
    if (length != 40 && length != 64)
        return false;
    memcpy(commit, text, length);
    commit[length] = '\0';
    return true;
}

// packed-refs: "COMMIT REF" a line (git-pack-refs(1)).
static void find_packed(int folder, const char *ref, char commit[COMMIT_SIZE])
{
    enum { MOST_LINES = 100000 };
    char line[1200];
    FILE *file = open_below(folder, ".git/packed-refs");
    for (int i = 0; file != NULL && i < MOST_LINES && read_line(file, line, sizeof line); i++) {
        const char *blank = strchr(line, ' ');
        if (blank != NULL && strcmp(blank + 1, ref) == 0 && take_commit(line, commit))
            break;
    }
    if (file != NULL)
        fclose(file);
}

void commit_read(int folder, char commit[COMMIT_SIZE])
{
    static const char head[] = "ref: ";
    char line[1024], path[1100], found[1024];
    commit[0] = '\0';
    if (!read_first_line(folder, ".git/HEAD", line, sizeof line) || take_commit(line, commit))
        return;
    if (strncmp(line, head, sizeof head - 1) != 0)
        return;
    const char *ref = line + sizeof head - 1;
    snprintf(path, sizeof path, ".git/%s", ref);
    if (strncmp(ref, "refs/", 5) != 0 || strstr(ref, "..") != NULL)
        return;
    if (!read_first_line(folder, path, found, sizeof found) || !take_commit(found, commit))
        find_packed(folder, ref, commit);
}
