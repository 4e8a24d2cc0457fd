// Writes forty files of 7 MiB each into the current directory.
// levels: A B C
// points: 0
// brings: attack
// says A: ENOSPC
// says B: more than 72 MiB | {failure} | had not ended after 10 s
// says C: more than 72 MiB | {failure} | had not ended after 10 s
//
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    static char block[7 * 1024 * 1024];
    for (int i = 0; i < 40; i++) {
        char name[16];
        snprintf(name, sizeof name, "filler%d", i);
        int file = open(name, O_WRONLY | O_CREAT, 0600);
        ssize_t written = write(file, block, sizeof block);
        if (written == -1)
            break;
        close(file);
    }
}
