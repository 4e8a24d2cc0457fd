// Opens the memory of every process of the grader above it for writing.
// levels: A B C
// points: 0
// brings: attack
// says: open to us: 0
//
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Reads the name and the parent of a process: proc(5).
static pid_t parent_of(pid_t pid, char *name)
{
    char path[64];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file != NULL && fscanf(file, "%*d (%15[^)]) %*c %d", name, &parent) != 2)
        parent = 0;
    if (file != NULL)
        fclose(file);
    return parent;
}

static void attack(void)
{
    int open_to_us = 0;
    for (pid_t pid = getppid(); pid > 1;) {
        char name[16] = "", path[64];
        pid_t parent = parent_of(pid, name);
        snprintf(path, sizeof path, "/proc/%d/mem", pid);
        int memory = strcmp(name, "grade") == 0 || strcmp(name, "warden") == 0 ? open(path, O_RDWR) : -1;
        open_to_us += memory != -1;
        close(memory);
        pid = parent;
    }
    printf("open to us: %d\n", open_to_us);
}
