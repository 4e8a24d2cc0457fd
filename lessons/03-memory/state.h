// What a process does just now.
#pragma once
#include <stdio.h>
#include <sys/types.h>

// The letter that ps(1) shows for a process, from /proc/PID/stat; 0 if
// there is none.
static char state_of(pid_t pid)
{
    char path[40], state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 0;
    fclose(file);
    return state;
}
