// Looks for solutions and tests, in its own directory and in the root.
// levels: A B C
// points: 0
// brings: attack
// says: solutions: No such file
// says: library: No such file
// says: entry drive
//
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void attack(void)
{
    if (access("/kit/solutions", R_OK) == -1)
        perror("solutions");
    if (access("/kit/library.a", R_OK) == -1)
        perror("library");
    DIR *directory = opendir(getenv("KIT"));
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        printf("entry %s\n", entry->d_name);
}
