// Leaves a directory behind that nobody may enter, with a file in it.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void attack(void)
{
    mkdir("locked", 0700);
    close(open("locked/file", O_WRONLY | O_CREAT, 0600));
    chmod("locked", 0);
}
