// A folder for the files of a program; it is gone when the program ends.
#pragma once
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder_path[] = "/tmp/download-XXXXXX";
static pid_t folder_owner;

static inline void folder_clear(int at, const char *name)
{
    const struct dirent *entry;
    int descriptor = openat(at, name, O_RDONLY | O_DIRECTORY);
    DIR *folder = descriptor == -1 ? NULL : fdopendir(descriptor);
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0 &&
            unlinkat(descriptor, entry->d_name, 0) == -1)
            folder_clear(descriptor, entry->d_name);
    if (folder != NULL)
        closedir(folder);
    unlinkat(at, name, AT_REMOVEDIR);
}

static inline void folder_end(void)
{
    if (getpid() == folder_owner) // not a child that ends by exit()
        folder_clear(AT_FDCWD, folder_path);
}

// Makes the folder and goes into it.
static inline void enter_folder(void)
{
    if (mkdtemp(folder_path) == NULL || chdir(folder_path) == -1) {
        perror(folder_path);
        exit(2);
    }
    folder_owner = getpid();
    atexit(folder_end);
}

static inline int is_listed(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 &&
           strcmp(entry->d_name, "..") != 0;
}

// The size of a file, or -1 if it is not there.
static inline long long size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (long long)status.st_size : -1;
}

// Prints sizes and names of the files here. Returns how many there are.
static inline int print_files(void)
{
    struct dirent **entries;
    int count = scandir(".", &entries, is_listed, alphasort);
    if (count == -1) {
        perror("scandir");
        exit(2);
    }
    for (int i = 0; i < count; i++) {
        printf("%8lld  %s\n", size_of(entries[i]->d_name),
               entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count;
}
