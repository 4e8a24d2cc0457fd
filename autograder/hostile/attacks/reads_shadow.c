// Reads the system's password file.
// levels: A B C
// points: 0
// brings: attack
// says A: password file: No such file
// says B: password file: Permission denied
// says C: password file: Permission denied
//
#include <fcntl.h>
#include <stdio.h>

static void attack(void)
{
    if (open("/etc/shadow", O_RDONLY) == -1)
        perror("password file");
}
