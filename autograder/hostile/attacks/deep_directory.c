// Makes a directory 2000 levels deep.
// levels: A B C
// points: 0
// brings: attack
// says: {failure} | had not ended after 10 s
//
#include <sys/stat.h>
#include <unistd.h>

static void attack(void)
{
    for (int i = 0; i < 2000; i++)
        if (mkdir("deeper", 0700) == -1 || chdir("deeper") == -1)
            break;
}
