// Levels B and C: without namespaces, in a directory of its own. At level B the warden shuts the program
// in (start.c); at level C limits and reaping are all there is.
#include "levels.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 64, PATH_SIZE = 4096 };

void plain_become(const struct level_start *start)
{
    const struct sandbox_job *job = start->job;
    char *command[MOST_ARGUMENTS];
    char program[PATH_SIZE], kit[PATH_SIZE], level[LEVELS_NAME_SIZE];
    int length = job->program[0] == '/'
                     ? snprintf(program, sizeof program, "%s", job->program)
                     : snprintf(program, sizeof program, "%s/%s", job->directory, job->program);
    if (length >= PATH_SIZE || snprintf(kit, sizeof kit, "KIT=%s", job->directory) >= PATH_SIZE) {
        errno = ENAMETOOLONG;
        return;
    }
    size_t variables = 0;
    while (start->environment[variables] != NULL)
        variables++;
    start->environment[variables] = kit;
    start->environment[variables + 1] = NULL;
    levels_name(start, level);
    size_t count = 0;
    command[count++] = (char *)job->warden;
    command[count++] = level;
    command[count++] = (char *)start->limits;
    command[count++] = job->companion != NULL ? (char *)job->companion : WARDEN_NO_COMPANION;
    command[count++] = program;
    if (levels_append(command, &count, MOST_ARGUMENTS, job->arguments) == 0)
        execve(command[0], command, start->environment);
}
