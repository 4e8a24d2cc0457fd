// Takes a folder of submissions in.
#include "intake.h"
#include "../grade/die.h"
#include "../sandbox/program.h"
#include "archives.h"
#include "folders.h"
#include "places.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

// How many bytes of a name are before the ending of an archive; 0 if it is none.
static size_t stem_of_archive(const char *name)
{
    static const char *const endings[] = {".tar.gz", ".tgz", ".tar", ".zip"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(name), ending = strlen(endings[i]);
        if (length > ending && strcasecmp(name + length - ending, endings[i]) == 0)
            return length - ending;
    }
    return 0;
}

static void classify(int folder, const struct stat *own, struct entry *entry)
{
    struct stat status;
    char stem[NAME_MAX + 1];
    size_t length = stem_of_archive(entry->raw);
    shown_name(entry->raw, entry->name, sizeof entry->name);
    if (fstatat(folder, entry->raw, &status, AT_SYMLINK_NOFOLLOW) == -1) {
        snprintf(entry->why, sizeof entry->why, "%s", strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        bool is_own = own != NULL && own->st_dev == status.st_dev && own->st_ino == status.st_ino;
        entry->kind = is_own ? INTAKE_NONE : INTAKE_FOLDER;
        snprintf(entry->why, sizeof entry->why, "%s", is_own ? "the grader's own folder" : "");
    } else if (S_ISREG(status.st_mode) && length > 0) {
        entry->kind = INTAKE_ARCHIVE;
        snprintf(stem, sizeof stem, "%.*s", (int)length, entry->raw);
        shown_name(stem, entry->name, sizeof entry->name);
    } else {
        snprintf(entry->why, sizeof entry->why, "%s",
                 S_ISREG(status.st_mode)   ? "neither a folder nor a .tar.gz, .tgz, .tar or .zip"
                 : S_ISLNK(status.st_mode) ? "a symbolic link"
                                           : "neither a folder nor a regular file");
    }
}

static int is_listed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

struct entry *intake_list(const char *folder, const char *own, size_t *count)
{
    struct dirent **names;
    struct stat status;
    int found = scandir(folder, &names, is_listed, alphasort);
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (found == -1 || opened == -1)
        die("the submissions %s: %s", folder, strerror(errno));
    struct entry *entries = calloc((size_t)found + 1, sizeof *entries);
    if (entries == NULL)
        die("out of memory");
    bool own_is_there = own != NULL && stat(own, &status) == 0;
    for (int i = 0; i < found; i++) {
        entries[i].raw = strdup(names[i]->d_name);
        if (entries[i].raw == NULL)
            die("out of memory");
        classify(opened, own_is_there ? &status : NULL, &entries[i]);
        free(names[i]);
    }
    free(names);
    close(opened);
    *count = (size_t)found;
    return entries;
}

void intake_read(const struct ground *ground, const char *folder, const struct entry *entry,
                 struct submission *submission)
{
    bool archive = entry->kind == INTAKE_ARCHIVE;
    *submission = (struct submission){0};
    snprintf(submission->name, sizeof submission->name, "%s", entry->name);
    int parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int opened =
        parent == -1
            ? -1
            : openat(parent, entry->raw,
                     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (archive ? 0 : O_DIRECTORY));
    if (opened == -1)
        snprintf(submission->why, sizeof submission->why, "It cannot be opened: %s.", strerror(errno));
    else if (archive)
        archives_read(ground, opened, submission);
    else
        folders_read(opened, submission);
    if (opened != -1)
        close(opened);
    if (parent != -1)
        close(parent);
}

void intake_free(struct submission *submission)
{
    for (size_t i = 0; i < submission->count; i++)
        free(submission->files[i].source.text);
    free(submission->files);
    *submission = (struct submission){0};
}

struct handed_in *intake_add(struct submission *submission, const struct exercise *exercise,
                             const struct source *source, const char *path)
{
    struct handed_in *more =
        realloc(submission->files, (submission->count + 1) * sizeof *submission->files);
    if (more == NULL)
        die("out of memory");
    submission->files = more;
    struct handed_in *file = &submission->files[submission->count++];
    *file = (struct handed_in){.exercise = exercise, .source = *source};
    shown_name(path, file->file, sizeof file->file);
    return file;
}

void intake_prepare(const struct ground *ground)
{
    char from[WORKBOOK_PATH_SIZE], folder[512];
    char *const command[] = {"cp", "--no-preserve=all", "--", workbook_path(from, "build/unpack"), folder,
                             NULL};
    snprintf(folder, sizeof folder, "%s/intake", ground->scratch);
    if (mkdir(folder, 0755) == -1 || program_run(command) == -1)
        die("cannot copy %s to %s", from, folder);
    snprintf(folder, sizeof folder, "%s/intake/unpack", ground->scratch);
    if (chmod(folder, 0755) == -1)
        die("chmod %s: %s", folder, strerror(errno));
}
