// Digests (SHA-256), as text.
#include "digest.h"
#include "../grade/die.h"
#include <dirent.h>
#include <errno.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// (libmd: sha256(3))
_Static_assert(DIGEST_SIZE == SHA256_DIGEST_STRING_LENGTH, "a digest as libmd writes it");

void digest_bytes(const void *bytes, size_t size, char digest[DIGEST_SIZE])
{
    SHA256Data(bytes, size, digest);
}

void digest_source(const struct source *source, char digest[DIGEST_SIZE])
{
    SHA2_CTX context;
    SHA256Init(&context);
    if (source->text != NULL) {
        SHA256Update(&context, (const uint8_t *)source->text, source->size);
    } else { // begins as no text can that is let in
        SHA256Update(&context, (const uint8_t *)"\0", 1);
        SHA256Update(&context, (const uint8_t *)source->why, strlen(source->why));
    }
    SHA256End(&context, digest);
}

static void add_file(SHA2_CTX *context, const char *path)
{
    char digest[DIGEST_SIZE];
    if (SHA256File(path, digest) == NULL)
        die("cannot read %s: %s", path, strerror(errno));
    SHA256Update(context, (const uint8_t *)digest, strlen(digest));
}

// The files of a folder and of those in it, in the order of their names.
static void add_folder(SHA2_CTX *context, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count == -1)
        die("cannot read %s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        char path[WORKBOOK_PATH_SIZE];
        struct stat status;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && length < (int)sizeof path) {
            SHA256Update(context, (const uint8_t *)entries[i]->d_name, strlen(entries[i]->d_name) + 1);
            if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
                add_folder(context, path);
            else
                add_file(context, path);
        }
        free(entries[i]);
    }
    free(entries);
}

void digest_grader(const struct exercise *exercise, char digest[DIGEST_SIZE])
{
    char path[WORKBOOK_PATH_SIZE];
    SHA2_CTX context;
    SHA256Init(&context);
    add_file(&context, workbook_path(path, "build/grade"));
    add_file(&context, workbook_path(path, "build/warden"));
    add_file(&context, workbook_path(path, "build/examiners/%s", exercise->id));
    add_folder(&context, workbook_path(path, "build/reference"));
    add_folder(&context, workbook_path(path, "build/kit/%s", exercise->id));
    SHA256End(&context, digest);
}
