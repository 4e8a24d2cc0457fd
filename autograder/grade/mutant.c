// Mutants: wrong solutions, kept as patches of the right one.
#include "mutant.h"
#include "../sandbox/program.h"
#include <stdio.h>
#include <string.h>

bool mutant_read(const char *patch, struct mutant *mutant)
{
    char line[512];
    *mutant = (struct mutant){0};
    FILE *file = fopen(patch, "re");
    if (file == NULL)
        return false;
    while (fgets(line, sizeof line, file) != NULL && strncmp(line, "---", 3) != 0) {
        if (sscanf(line, "killed-by: %127s", mutant->killed_by) == 1 || mutant->mistake[0] != '\0')
            continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(mutant->mistake, sizeof mutant->mistake, "%.255s", line);
    }
    fclose(file);
    return mutant->mistake[0] != '\0' && strstr(mutant->killed_by, "::") != NULL;
}

int mutant_make(const char *solution, const char *patch, const char *target)
{
    char *const command[] = {"patch", "--silent",     "--fuzz=0",       "--posix",     "--reject-file=-",
                             "-o",    (char *)target, (char *)solution, (char *)patch, NULL};
    return program_run(command);
}
