// Prints what terminals and CI systems obey, and NULs.
// levels: A C
// points: 0
// brings: process_start
// says: \x1b[2J
// says: \x00
// says: #\x23[error]
//
#include "process.h"
#include <stdio.h>

int process_start(struct process *process)
{
    (void)process;
    static const char text[] =
        "\x1b[2J\x1b]0;title\a\n::error::forged\n##[error]forged\n\0\0\rall is well\n";
    fwrite(text, sizeof text - 1, 1, stdout);
    return -1;
}
