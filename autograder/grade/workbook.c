// The workbook on disk.
#include "workbook.h"
#include "die.h"
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *workbook_root(void)
{
    static char root[WORKBOOK_PATH_SIZE];
    if (root[0] != '\0')
        return root;
    char program[WORKBOOK_PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length == -1)
        die("cannot read /proc/self/exe: %s", strerror(errno));
    program[length] = '\0';
    char *folder = dirname(program);
    const char *name = strrchr(folder, '/');
    if (name != NULL && strcmp(name, "/tests") == 0) // the grader's own tests
        folder = dirname(folder);
    snprintf(root, sizeof root, "%s", dirname(folder));
    return root;
}

char *workbook_path(char *path, const char *format, ...)
{
    int used = snprintf(path, WORKBOOK_PATH_SIZE, "%s/", workbook_root());
    va_list values;
    va_start(values, format);
    int added = vsnprintf(path + used, (size_t)(WORKBOOK_PATH_SIZE - used), format, values);
    va_end(values);
    if (used + added >= WORKBOOK_PATH_SIZE)
        die("the path is too long: %s", path);
    return path;
}

bool workbook_front_matter(const char *path, const char *key, char *value, size_t size)
{
    char line[512];
    bool found = false;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    for (int lines = 0; !found && fgets(line, sizeof line, file) != NULL; lines++) {
        size_t length = strlen(key);
        line[strcspn(line, "\r\n")] = '\0';
        bool fence = strcmp(line, "---") == 0; // the first line opens it, the next one closes it
        if (fence != (lines == 0))
            break;
        if (strncmp(line, key, length) != 0 || line[length] != ':')
            continue;
        char *begin = line + length + 1;
        begin += strspn(begin, " \"'");
        char *end = begin + strlen(begin);
        while (end > begin && strchr(" \"'", end[-1]) != NULL)
            *--end = '\0';
        snprintf(value, size, "%s", begin);
        found = true;
    }
    fclose(file);
    return found;
}

// Names like "02-process".
static int is_exercise(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return name[0] >= '0' && name[0] <= '9' && name[1] >= '0' && name[1] <= '9' && name[2] == '-' &&
           strlen(name) < sizeof((struct exercise *)0)->id;
}

const struct exercise *workbook_exercises(size_t *count)
{
    static struct exercise *exercises;
    static size_t found;
    if (exercises == NULL) {
        char path[WORKBOOK_PATH_SIZE];
        struct dirent **entries;
        int entry_count = scandir(workbook_path(path, "exercises"), &entries, is_exercise, alphasort);
        if (entry_count <= 0)
            die("there are no exercises in %s", path);
        exercises = calloc((size_t)entry_count, sizeof *exercises);
        if (exercises == NULL)
            die("out of memory");
        for (int i = 0; i < entry_count; i++) {
            struct exercise *exercise = &exercises[found++];
            snprintf(exercise->id, sizeof exercise->id, "%.63s", entries[i]->d_name);
            snprintf(exercise->slug, sizeof exercise->slug, "%.60s", entries[i]->d_name + 3);
            workbook_path(path, "lessons/%s/lesson.md", exercise->id);
            if (!workbook_front_matter(path, "title", exercise->title, sizeof exercise->title))
                snprintf(exercise->title, sizeof exercise->title, "%s", exercise->slug);
            free(entries[i]);
        }
        free(entries);
    }
    *count = found;
    return exercises;
}

const struct exercise *workbook_find(const char *name)
{
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    size_t length = strcspn(name, "/");
    if (strcmp(name + length, "/") == 0 ||
        strncmp(name, "exercises/", 10) == 0) { // as a shell completes it
        char bare[64];
        const char *begin = name[length + (name[length] == '/')] == '\0' ? name : name + 10;
        snprintf(bare, sizeof bare, "%.*s", (int)strcspn(begin, "/"), begin);
        return workbook_find(bare);
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(exercises[i].id, name) == 0 || strcmp(exercises[i].slug, name) == 0)
            return &exercises[i];
    return NULL;
}

const struct exercise *workbook_require(const char *name)
{
    const struct exercise *exercise = workbook_find(name);
    if (exercise == NULL)
        die("there is no exercise \"%s\"; build/grade list shows them", name);
    return exercise;
}

bool workbook_has_solution(const struct exercise *exercise)
{
    char path[WORKBOOK_PATH_SIZE];
    return access(workbook_path(path, "solutions/%s/%s.c", exercise->id, exercise->slug), R_OK) == 0;
}
