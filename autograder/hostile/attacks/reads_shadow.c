// Reads the system's password file.
// levels: A C
// points: 0
// brings: attack
// says A: password file: No such file
// says C: password file: Permission denied
//
#include <fcntl.h>
#include <stdio.h>

static void attack(void)
{
    if (open("/etc/shadow", O_RDONLY) == -1)
        perror("password file");
}
