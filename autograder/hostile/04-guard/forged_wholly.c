// Starts nothing: answers for the first drive before main begins its work, with the number and the secret
// that it looks for on the command line, and ends.
// levels: A B C
// points: 0
// brings: guard_main
// says: function_runs (
// says: Its answer cannot be understood
//
#include "guard.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// The word of the command line that begins with `begin` and has `length` characters or, if that is 0,
// what stands behind its beginning; see proc(5).
static const char *word(const char *begin, size_t length)
{
    static char line[512];
    FILE *file = fopen("/proc/self/cmdline", "r");
    size_t size = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
    for (const char *at = line; at < line + size; at += strlen(at) + 1)
        if (strncmp(at, begin, strlen(begin)) == 0 && (length == 0 || strlen(at) == length))
            return at + strlen(begin);
    return "";
}

void guard_main(const struct guard_function *functions, size_t count)
{
    (void)functions;
    (void)count;
    const char *number = word("number=", 0);
    dprintf(3, "start 1\n0\nstart_errno 1\n0\npid 1\n9\nstatus %zu\n%s\n", strlen(number), number);
    dprintf(3, "end %d %s\n", getpid(), word("", 32));
    _exit(0);
}
