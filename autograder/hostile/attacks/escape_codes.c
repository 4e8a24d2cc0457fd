// Prints what terminals and CI systems obey, and NULs.
// levels: A B C
// points: 0
// brings: attack
// says: \x1b[2J
// says: \x00
// says: #\x23[error]
//
#include <stdio.h>

static void attack(void)
{
    static const char text[] =
        "\x1b[2J\x1b]0;title\a\n::error::forged\n##[error]forged\n\0\0\rall is well\n";
    fwrite(text, sizeof text - 1, 1, stdout);
}
