// Level C: limits and reaping only, in a directory of its own. No namespaces: the program can read and
// write what its user can. For one's own code.
#include "levels.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 64 };

void bounded_become(const struct sandbox_job *job, const char *limits)
{
    char *command[MOST_ARGUMENTS];
    char program[4096];
    int length = job->program[0] == '/'
                     ? snprintf(program, sizeof program, "%s", job->program)
                     : snprintf(program, sizeof program, "%s/%s", job->directory, job->program);
    if (length >= (int)sizeof program) {
        errno = ENAMETOOLONG;
        return;
    }
    if (setenv("KIT", job->directory, 1) == -1)
        return;
    size_t count = 0;
    command[count++] = (char *)job->warden;
    command[count++] = (char *)limits;
    command[count++] = job->companion != NULL ? (char *)job->companion : WARDEN_NO_COMPANION;
    command[count++] = program;
    if (levels_append(command, &count, MOST_ARGUMENTS, job->arguments) == 0)
        execv(command[0], command);
}
