// A temporary directory of our own, outside the workbook.
#define _GNU_SOURCE // O_PATH, renameat2
#include "scratch.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "workbook-"

enum {
    UNIQUE = 6, // characters behind the prefix: mkdtemp(3)
    // Mode of a folder that is or was held. The sticky bit, which says nothing in a folder that only its
    // owner may change, is the mark: it is set under the lock, so that a folder that has it and is not
    // locked has nobody any more. One that was just made, and one of a program that does not lock, has
    // not.
    HELD = S_ISVTX | 0755,
};

// Whether other users can enter a folder: they need to pass all folders above it, too.
static bool is_open_to_others(const char *folder)
{
    char path[SCRATCH_PATH_SIZE];
    struct stat status;
    snprintf(path, sizeof path, "%s", folder);
    for (;;) {
        if (stat(path[0] == '\0' ? "/" : path, &status) == -1)
            return true; // mkdtemp() will say what is wrong
        if ((status.st_mode & S_IXOTH) == 0)
            return false;
        char *last = strrchr(path, '/');
        if (last == NULL)
            return true;
        *last = '\0';
    }
}

// Where our folders are made.
static const char *find_parent(void)
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || parent[0] != '/' || (geteuid() == 0 && !is_open_to_others(parent)))
        parent = "/tmp";
    return parent;
}

int scratch_make(char path[SCRATCH_PATH_SIZE])
{
    int length = snprintf(path, SCRATCH_PATH_SIZE, "%s/" PREFIX "XXXXXX", find_parent());
    if (length >= SCRATCH_PATH_SIZE) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return mkdtemp(path) == NULL ? -1 : chmod(path, 0755);
}

// What is in there was made by programs that nobody trusts: names may be anything, folders locked or
// thousands deep, and links may lead anywhere. So there are no paths: every step goes through the
// descriptor of a folder, none follows a link, and a folder's folders are moved up to the top before they
// are entered, so that two descriptors are enough for any depth.
struct removal {
    int top;
    dev_t device;         // nothing is removed on another one
    unsigned long number; // of folders moved up
};

// Makes a folder ours to read and to change, which is open by O_PATH only. Returns 0 or -1.
static int unlock(const struct removal *this, int place)
{
    char path[64];
    struct stat status;
    if (fstat(place, &status) == -1 || status.st_dev != this->device)
        return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", place); // chmod(2) for a descriptor of this kind
    return (status.st_mode & S_IRWXU) == S_IRWXU ? 0 : chmod(path, status.st_mode | S_IRWXU);
}

// Opens the folder `name` in `parent`, unlocked if it is locked, or returns NULL.
static DIR *enter(const struct removal *this, int parent, const char *name)
{
    int place = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (place == -1)
        return NULL;
    int folder = unlock(this, place) == 0 ? openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    close(place);
    DIR *entries = folder == -1 ? NULL : fdopendir(folder);
    if (entries == NULL && folder != -1)
        close(folder);
    return entries;
}

// Moves the folder `name` out of `folder` up to the top, under a name that nobody has there.
static int move_up(struct removal *this, int folder, const char *name)
{
    char above[32];
    DIR *unlocked = enter(this, folder, name); // only a folder that may be written can be moved
    if (unlocked == NULL)
        return -1;
    closedir(unlocked);
    for (;;) {
        snprintf(above, sizeof above, "moved up %lu", this->number++);
        if (renameat2(folder, name, this->top, above, RENAME_NOREPLACE) == 0)
            return 0;
        if (errno != EEXIST)
            return -1;
    }
}

static bool navigates(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

// Removes the folder `name` at the top; the folders in it are moved up.
static int remove_folder(struct removal *this, const char *name)
{
    DIR *entries = enter(this, this->top, name);
    if (entries == NULL)
        return -1;
    int folder = dirfd(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (!navigates(entry->d_name) && unlinkat(folder, entry->d_name, 0) == -1 &&
            unlinkat(folder, entry->d_name, AT_REMOVEDIR) == -1)
            move_up(this, folder, entry->d_name);
    closedir(entries);
    return unlinkat(this->top, name, AT_REMOVEDIR);
}

// Goes once over what is at the top. Returns how many names it has removed, or -1 if there were none.
static long remove_once(struct removal *this)
{
    long seen = 0, removed = 0;
    DIR *entries = enter(this, this->top, ".");
    if (entries == NULL)
        return 0;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (navigates(entry->d_name))
            continue;
        seen++;
        if (unlinkat(this->top, entry->d_name, 0) == 0 || remove_folder(this, entry->d_name) == 0)
            removed++;
    }
    closedir(entries);
    return seen == 0 ? -1 : removed;
}

int scratch_remove(const char *path)
{
    struct stat status;
    struct removal this = {.top = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (this.top == -1)
        return -1;
    long removed = fstat(this.top, &status);
    this.device = status.st_dev;
    if (removed == 0)
        removed = unlock(&this, this.top);
    while (removed >= 0 && (removed = remove_once(&this)) > 0)
        continue;
    close(this.top);
    return rmdir(path);
}

int scratch_hold(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW); // is inherited by what we execute
    if (folder == -1)
        return -1;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0 && fchmod(folder, HELD) == 0)
        return folder;
    int error = errno;
    close(folder);
    errno = error;
    return -1;
}

static bool is_named_as_ours(const char *name)
{
    const char *unique = name + strlen(PREFIX);
    return strncmp(name, PREFIX, strlen(PREFIX)) == 0 && strlen(unique) == UNIQUE &&
           strspn(unique, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == UNIQUE;
}

// Takes over a folder that was held and is not any more: opens and locks it. Returns the descriptor, or
// -1 if it is none of these.
static int take_over(const char *path)
{
    struct stat opened, named;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder == -1)
        return -1;
    if (fstat(folder, &opened) == 0 && opened.st_uid == geteuid() && (opened.st_mode & 07777) == HELD &&
        flock(folder, LOCK_EX | LOCK_NB) == 0 &&
        // Whoever had the lock before us may have removed it: the name may be that of another one now.
        lstat(path, &named) == 0 && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino)
        return folder;
    close(folder);
    return -1;
}

void scratch_sweep(void (*before)(const char *path))
{
    char path[SCRATCH_PATH_SIZE];
    int left = SCRATCH_SWEEP_MOST;
    const char *parent = find_parent();
    DIR *entries = opendir(parent);
    for (struct dirent *entry; entries != NULL && left > 0 && (entry = readdir(entries)) != NULL;) {
        if (!is_named_as_ours(entry->d_name) ||
            snprintf(path, sizeof path, "%s/%s", parent, entry->d_name) >= (int)sizeof path)
            continue;
        int folder = take_over(path);
        if (folder == -1)
            continue;
        before(path);
        scratch_remove(path);
        close(folder); // and only now the lock is free
        left--;
    }
    if (entries != NULL)
        closedir(entries);
}
