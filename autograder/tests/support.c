// What several of the autograder's own tests need.
#include "support.h"
#include "../sandbox/scratch.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 32 };

static char folder[SCRATCH_PATH_SIZE];

void folder_make(void)
{
    umask(022);
    cr_assert(scratch_make(folder) == 0, "cannot make a temporary folder: %s", strerror(errno));
}

void folder_remove(void)
{
    cr_assert(scratch_remove(folder) == 0, "cannot remove the temporary folder %s", folder);
}

const char *text_of(const char *format, ...)
{
    static char texts[8][PATH_MAX];
    static int next;
    char *text = texts[next++ % 8];
    va_list values;
    va_start(values, format);
    vsnprintf(text, PATH_MAX, format, values);
    va_end(values);
    return text;
}

const char *in_folder(const char *name)
{
    return text_of("%s/%s", folder, name);
}

// This program is build/tests/autograder.
const char *in_build(const char *name)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    cr_assert(length > 0, "cannot read /proc/self/exe: %s", strerror(errno));
    program[length] = '\0';
    return text_of("%s/%s", dirname(dirname(program)), name);
}

const char *in_workbook(const char *name)
{
    return in_build(text_of("../%s", name));
}

void make_folder(const char *path)
{
    cr_assert(mkdir(path, 0755) == 0, "mkdir %s: %s", path, strerror(errno));
}

void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "we");
    cr_assert(file != NULL, "cannot write %s: %s", path, strerror(errno));
    size_t written = fwrite(bytes, 1, size, file);
    cr_assert(fclose(file) == 0 && written == size, "cannot write %s", path);
}

void write_text(const char *path, const char *text)
{
    write_bytes(path, text, strlen(text));
}

char *read_text(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "re");
    cr_assert(file != NULL, "cannot read %s: %s", path, strerror(errno));
    if (getdelim(&text, &size, '\0', file) == -1) {
        free(text);
        text = strdup("");
    }
    fclose(file);
    return text;
}

int count_names(const char *path)
{
    int count = -2; // "." and ".."
    DIR *directory = opendir(path);
    cr_assert(directory != NULL, "cannot open %s: %s", path, strerror(errno));
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count;
}

void copy(const char *from, const char *to)
{
    struct ran copied = run("cp", "-rL", from, to, NULL);
    cr_assert(copied.status == 0, "cannot copy %s: %s", from, copied.errors);
}

int wait_for(int pid)
{
    int status;
    while (waitpid(pid, &status, 0) == -1)
        cr_assert(errno == EINTR, "waitpid: %s", strerror(errno));
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

struct ran run(const char *program, ...)
{
    extern char **environ;
    char *command[MOST_WORDS + 1] = {(char *)program};
    va_list words;
    va_start(words, program);
    for (size_t i = 0; command[i] != NULL && i + 1 < MOST_WORDS; i++)
        command[i + 1] = va_arg(words, char *);
    va_end(words);
    const char *output = in_folder("run.output"), *errors = in_folder("run.errors");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    pid_t pid;
    int error = posix_spawnp(&pid, program, &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    cr_assert(error == 0, "cannot run %s: %s", program, strerror(error));
    int status = wait_for(pid);
    return (struct ran){.status = status, .output = read_text(output), .errors = read_text(errors)};
}
