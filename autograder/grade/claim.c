// Claims: what must hold for an exercise and its grader. Here: which there are.
#include "claim.h"
#include "die.h"
#include "hostile.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct claims {
    struct claim *list;
    size_t count;
};

static struct claim *add(struct claims *claims, enum claim_kind kind, const struct exercise *exercise)
{
    struct claim *more = realloc(claims->list, (claims->count + 1) * sizeof *claims->list);
    if (more == NULL)
        die("out of memory");
    claims->list = more;
    claims->list[claims->count] = (struct claim){.kind = kind, .exercise = exercise};
    return &claims->list[claims->count++];
}

static void add_source(struct claims *claims, enum claim_kind kind, const struct exercise *exercise,
                       const char *folder, const char *what)
{
    struct claim *claim = add(claims, kind, exercise);
    workbook_path(claim->path, "%s/%s/%s.c", folder, exercise->id, exercise->slug);
    snprintf(claim->label, sizeof claim->label, "%s: %s", exercise->id, what);
}

// The files of a folder that end in `ending`, in order; none if there is no such folder.
static int list_files(const char *folder, const char *ending, struct dirent ***entries)
{
    int count = scandir(folder, entries, NULL, alphasort);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        const char *at = strstr((*entries)[i]->d_name, ending);
        if (at != NULL && strcmp(at, ending) == 0)
            (*entries)[kept++] = (*entries)[i];
        else
            free((*entries)[i]);
    }
    if (count == -1)
        *entries = NULL;
    return kept;
}

static void add_mutants(struct claims *claims, const struct exercise *exercise)
{
    char folder[WORKBOOK_PATH_SIZE];
    struct dirent **entries;
    workbook_path(folder, "autograder/mutants/%s", exercise->id);
    int count = list_files(folder, ".patch", &entries);
    for (int i = 0; i < count; i++) {
        struct claim *claim = add(claims, CLAIM_MUTANT, exercise);
        workbook_path(claim->path, "autograder/mutants/%s/%s", exercise->id, entries[i]->d_name);
        snprintf(claim->label, sizeof claim->label, "%s: mutant %.*s", exercise->id,
                 (int)(strlen(entries[i]->d_name) - strlen(".patch")), entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void add_hostile(struct claims *claims, const struct exercise *exercise)
{
    char folder[WORKBOOK_PATH_SIZE], path[WORKBOOK_PATH_SIZE];
    struct dirent **entries;
    workbook_path(folder, "autograder/hostile/%s", exercise->id);
    int count = list_files(folder, ".c", &entries);
    for (int i = 0; i < count; i++) {
        struct hostile hostile;
        workbook_path(path, "autograder/hostile/%s/%s", exercise->id, entries[i]->d_name);
        if (!hostile_read(path, &hostile))
            die("%s: its head is not as autograder/README.md says", path);
        for (const char *level = hostile.levels; *level != '\0'; level++) {
            struct claim *claim = add(claims, CLAIM_HOSTILE, exercise);
            claim->level = *level;
            snprintf(claim->path, sizeof claim->path, "%s", path);
            snprintf(claim->label, sizeof claim->label, "%s: hostile %.*s at level %c", exercise->id,
                     (int)(strlen(entries[i]->d_name) - strlen(".c")), entries[i]->d_name, *level);
        }
        free(entries[i]);
    }
    free(entries);
}

struct claim *claims_of(const struct exercise *exercise, size_t *count)
{
    struct claims claims = {0};
    add_source(&claims, CLAIM_STUB, exercise, "exercises", "the stub compiles and gets 0 points");
    add_source(&claims, CLAIM_SOLUTION, exercise, "solutions", "the solution gets all points");
    add_source(&claims, CLAIM_SANITIZED, exercise, "solutions",
               "the solution gets all points with AddressSanitizer and UBSan");
    add_mutants(&claims, exercise);
    add_hostile(&claims, exercise);
    *count = claims.count;
    return claims.list;
}
