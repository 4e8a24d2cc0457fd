// Makes 5000 empty files in the current directory.
// levels: A B C
// points: 0
// brings: attack
// says: {failure} | had not ended after 10 s
//
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    for (int i = 0; i < 5000; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        close(open(name, O_WRONLY | O_CREAT, 0600));
    }
}
