// What the programs of this lesson have in common: links to the workbook's
// server (lesson 13), and a folder for files that is gone at the end.
#pragma once
#include "../08-pool/seconds.h"
#include "../13-download/gallery.h"
#include "download.h"
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[] = "/tmp/images-XXXXXX"; // before make_folder()
static pid_t folder_owner;

static inline void remove_folder(void)
{
    DIR *files = getpid() == folder_owner ? opendir(folder) : NULL;
    struct dirent *file;
    while (files != NULL && (file = readdir(files)) != NULL)
        if (unlinkat(dirfd(files), file->d_name, 0) == -1)
            continue; // "." and ".."
    if (files != NULL) {
        closedir(files);
        rmdir(folder);
    }
}

static inline void make_folder(void)
{
    folder_owner = getpid();
    if (mkdtemp(folder) == NULL || atexit(remove_folder) != 0)
        gallery_fail(folder);
}

static inline int files_in_folder(void)
{
    int count = -2; // "." and ".."
    DIR *files = opendir(folder);
    while (files != NULL && readdir(files) != NULL)
        count++;
    if (files != NULL)
        closedir(files);
    return count;
}

static inline struct download *no_downloads(int count)
{
    struct download *downloads = calloc((size_t)count, sizeof *downloads);
    if (downloads == NULL)
        gallery_fail("calloc");
    return downloads;
}

// The ten pictures that the server has drawn before it began, one after
// the other, as often as needed. Each waits so many milliseconds.
static inline struct download *pictures(int count, int delay_ms)
{
    struct download *downloads = no_downloads(count);
    for (int i = 0; i < count; i++)
        downloads[i].link = picture_link(i % 10, delay_ms);
    return downloads;
}

// Page `number` of our server, with so many bytes. `query` says how the
// server conducts itself: "delay=50", "meet=8" ...
static inline char *page_link(int number, int size, const char *query)
{
    char link[512];
    snprintf(link, sizeof link, "%s/pages/1/%d/%d?%s", base_url(), number,
             size, query);
    char *copy = strdup(link);
    if (copy == NULL)
        gallery_fail("strdup");
    return copy;
}

static inline struct download *pages(int count, int size, const char *query)
{
    struct download *downloads = no_downloads(count);
    for (int i = 0; i < count; i++)
        downloads[i].link = page_link(i, size, query);
    return downloads;
}

static inline void free_downloads(struct download *downloads, int count)
{
    download_list_free(downloads, (size_t)count); // frees the links, too
}

static inline double cpu_of(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) == -1)
        gallery_fail("getrusage");
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// Seconds on a CPU of this process, and of its children that have ended
// and been waited for.
static inline double cpu_seconds(void)
{
    return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}
