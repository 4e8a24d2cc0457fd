// Looks for solutions and tests, in its own directory and in the root.
// levels: A C
// points: 0
// brings: process_start
// says: library: No such file
// says: entry drive
//
#include "process.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    tell("solutions", access("/kit/solutions", R_OK));
    tell("library", access("/kit/library.a", R_OK));
    tell("kit", chdir(getenv("KIT")));
    DIR *directory = opendir(".");
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        printf("entry %s\n", entry->d_name);
    return -1;
}
