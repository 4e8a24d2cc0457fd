// Submissions that are folders.
#define _GNU_SOURCE // scandirat
#include "folders.h"
#include "places.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TOLD = 4, MOST_OF_NAME = 100 };

// The path of the leading folders so far, with a '/' behind each.
struct place_here {
    int folder;
    char path[PLACES_PATH_SIZE];
};

static int open_folder(int folder, const char *name)
{
    return openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static struct source read_in_folder(int folder, const char *name, const char *file)
{
    int opened = folder == -1 ? -1 : open_folder(folder, name);
    if (opened == -1) // a file of that name, or a link: there is no such folder
        return (struct source){.missing = errno == ENOENT || errno == ENOTDIR || errno == ELOOP,
                               .fault = errno != ENOENT && errno != ENOTDIR && errno != ELOOP,
                               .why = "Its folder cannot be opened."};
    struct source source = gate_read_at(opened, file);
    close(opened);
    return source;
}

static struct source read_form(int folder, const struct exercise *exercise, enum places_form form,
                               char path[PLACES_PATH_SIZE])
{
    char file[sizeof exercise->slug + 2];
    snprintf(file, sizeof file, "%s.c", exercise->slug);
    switch (form) {
    case PLACES_IN_ITS_FOLDER:
        snprintf(path, PLACES_PATH_SIZE, "%s/%s", exercise->id, file);
        return read_in_folder(folder, exercise->id, file);
    case PLACES_IN_EXERCISES: {
        snprintf(path, PLACES_PATH_SIZE, "exercises/%s/%s", exercise->id, file);
        int exercises = open_folder(folder, "exercises");
        struct source source = read_in_folder(exercises, exercise->id, file);
        if (exercises != -1)
            close(exercises);
        return source;
    }
    default:
        snprintf(path, PLACES_PATH_SIZE, "%s", file);
        return gate_read_at(folder, file);
    }
}

static bool has(const struct submission *submission, const struct exercise *exercise)
{
    for (size_t i = 0; i < submission->count; i++)
        if (submission->files[i].exercise == exercise)
            return true;
    return false;
}

static void take_files(const struct place_here *here, struct submission *submission)
{
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    for (size_t i = 0; i < count; i++) {
        for (enum places_form form = 0; form < PLACES_FORMS; form++) {
            char path[PLACES_PATH_SIZE], whole[2 * PLACES_PATH_SIZE];
            if (has(submission, &exercises[i])) // nearer to the top, or in a better form
                break;
            struct source source = read_form(here->folder, &exercises[i], form, path);
            if (source.missing)
                continue;
            snprintf(whole, sizeof whole, "%s%s", here->path, path);
            intake_add(submission, &exercises[i], &source, whole);
        }
    }
}

// The only thing in the folder, what is passed over aside: writes its name. Returns false if there is
// another thing, or none.
static bool only_entry(int folder, char name[NAME_MAX + 1])
{
    int count = 0;
    int copy = dup(folder);
    DIR *directory = copy == -1 ? NULL : fdopendir(copy);
    if (directory == NULL && copy != -1)
        close(copy);
    for (struct dirent *entry; directory != NULL && count < 2 && (entry = readdir(directory)) != NULL;) {
        if (places_is_passed_over(entry->d_name))
            continue;
        snprintf(name, NAME_MAX + 1, "%s", entry->d_name);
        count++;
    }
    if (directory != NULL)
        closedir(directory);
    return count == 1;
}

// Goes into the folder that leads. Returns false if none does.
static bool descend(struct place_here *here)
{
    char name[NAME_MAX + 1];
    size_t used = strlen(here->path);
    int folder = only_entry(here->folder, name) ? open_folder(here->folder, name) : -1;
    if (folder == -1)
        return false;
    close(here->folder);
    here->folder = folder;
    snprintf(here->path + used, sizeof here->path - used, "%s/", name);
    return true;
}

static int is_looked_at(const struct dirent *entry)
{
    return !places_is_passed_over(entry->d_name);
}

// For whoever has to find out why there is nothing to grade: a wrong name, or a folder beside a file.
static void tell_what_is_there(int folder, struct submission *submission)
{
    struct dirent **entries;
    char name[MOST_OF_NAME];
    char *text = submission->instead;
    const int size = sizeof submission->instead;
    int count = scandirat(folder, ".", &entries, is_looked_at, alphasort);
    int length = snprintf(text, (size_t)size, count > 0 ? "There is: " : "It is empty.");
    for (int i = 0; i < count && i < MOST_TOLD; i++)
        length += snprintf(text + length, (size_t)(size - length), "%s%s", i == 0 ? "" : ", ",
                           shown_name(entries[i]->d_name, name, sizeof name));
    if (count > MOST_TOLD)
        snprintf(text + length, (size_t)(size - length), ", and %d more", count - MOST_TOLD);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    if (count != -1)
        free(entries);
}

void folders_read(int folder, struct submission *submission)
{
    struct place_here here = {.folder = dup(folder)};
    for (int depth = 0; here.folder != -1; depth++) {
        if (submission->commit[0] == '\0')
            commit_read(here.folder, submission->commit);
        take_files(&here, submission);
        if (depth == PLACES_MOST_LEADING || !descend(&here))
            break;
    }
    if (here.folder != -1 && submission->count == 0)
        tell_what_is_there(here.folder, submission);
    if (here.folder != -1)
        close(here.folder);
    else
        snprintf(submission->why, sizeof submission->why, "It cannot be opened.");
}
