// Items that wait until all have been begun, and a count of the workers
// that are there by then.
#pragma once
#include <ctype.h>
#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { MEETING_ITEMS = 3 };

static struct meeting {
    atomic_int arrivals;
    int gate[2];
    int children; // of the pool's process
} * meeting;      // in memory that all share, before there are workers

// How many children a process has, from /proc/PID/stat: proc(5).
static inline int children_of(pid_t pid)
{
    int children = 0, parent;
    struct dirent *entry;
    DIR *processes = opendir("/proc");
    while (processes != NULL && (entry = readdir(processes)) != NULL) {
        char path[300];
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *file = isdigit((unsigned char)*entry->d_name) // not "self"
                         ? fopen(path, "r")
                         : NULL;
        if (file == NULL)
            continue; // no process, or not any more
        if (fscanf(file, "%*d (%*[^)]) %*c %d", &parent) == 1)
            children += parent == (int)pid;
        fclose(file);
    }
    if (processes != NULL)
        closedir(processes);
    return children;
}

// For pool_map(): holds each item until all have come. The last of them
// counts, and lets the others go.
static inline int meet(const void *argument, const void *item, void *result)
{
    char byte = 0;
    (void)argument, (void)item, (void)result;
    if (atomic_fetch_add(&meeting->arrivals, 1) < MEETING_ITEMS - 1)
        return read(meeting->gate[0], &byte, 1) != 1;
    meeting->children = children_of(getppid());
    for (int i = 0; i < MEETING_ITEMS - 1; i++)
        if (write(meeting->gate[1], &byte, 1) != 1)
            return -1;
    return 0;
}
