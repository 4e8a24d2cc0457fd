// Looks for the secret that makes answers count, on the command line of every process that it can see.
// levels: A C
// points: 0
// brings: attack
// says: secrets: 0
//
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int count_secrets(const char *pid)
{
    char path[300], word[128];
    int found = 0;
    snprintf(path, sizeof path, "/proc/%s/cmdline", pid);
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
    if (file != NULL)
        fclose(file);
    return found;
}

static void attack(void)
{
    int found = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;)
        if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name))
            found += count_secrets(entry->d_name);
    printf("secrets: %d\n", found);
}
