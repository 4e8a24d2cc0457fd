// Looks for the secret that makes answers count, on its own command line and on its parent's.
// levels: A B C
// points: 0
// brings: attack
// says: secrets: 0
//
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int count_secrets(pid_t pid)
{
    char path[64], word[128];
    int found = 0;
    snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    FILE *file = fopen(path, "r");
    size_t length = 0;
    for (int c; file != NULL && (c = getc(file)) != EOF;) {
        if (c != '\0' && length + 1 < sizeof word) {
            word[length++] = (char)c;
            continue;
        }
        word[length] = '\0';
        found += length == 32 && strspn(word, "0123456789abcdef") == 32;
        length = 0;
    }
    return found;
}

static void attack(void)
{
    printf("secrets: %d\n", count_secrets(getpid()) + count_secrets(getppid()));
}
