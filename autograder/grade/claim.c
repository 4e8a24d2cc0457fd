// Claims: what must hold for an exercise and its grader. Here: which there are.
#include "claim.h"
#include "die.h"
#include "hostile.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static bool can_be_attacked(const struct exercise *exercise)
{
    char rest[WORKBOOK_PATH_SIZE];
    return access(workbook_path(rest, HOSTILE_REST, exercise->id), R_OK) == 0;
}

// The attacks that fit every exercise take turns: the first goes to the first exercise that can be
// attacked, the second to the second, and so on. So the time for all does not grow with the exercises.
static bool has_its_turn(const struct exercise *exercise, size_t attack)
{
    size_t count;
    size_t place = 0, places = 0;
    const struct exercise *exercises = workbook_exercises(&count);
    for (size_t i = 0; i < count; i++) {
        if (&exercises[i] == exercise)
            place = places;
        places += can_be_attacked(&exercises[i]);
    }
    return attack % places == place;
}

// One claim for each level at which the submission is run.
static void add_levels(struct claims *claims, const struct exercise *exercise, const char *folder,
                       const char *file)
{
    struct hostile hostile;
    char path[WORKBOOK_PATH_SIZE];
    workbook_path(path, "autograder/hostile/%s/%s", folder, file);
    if (!hostile_read(path, &hostile))
        die("%s: its head is not as grade/hostile.h says", path);
    for (const char *level = hostile.levels; *level != '\0'; level++) {
        struct claim *claim = add(claims, CLAIM_HOSTILE, exercise);
        claim->level = *level;
        memcpy(claim->path, path, sizeof path);
        snprintf(claim->label, sizeof claim->label, "%s: hostile %.*s at level %c", exercise->id,
                 (int)(strlen(file) - strlen(".c")), file, *level);
    }
}

// `every`: also the attacks that other exercises have their turn with.
static void add_hostile(struct claims *claims, const struct exercise *exercise, bool every)
{
    const char *const folders[] = {"attacks", exercise->id};
    for (size_t f = 0; f < 2 && can_be_attacked(exercise); f++) {
        char folder[WORKBOOK_PATH_SIZE];
        struct dirent **entries;
        int count =
            list_files(workbook_path(folder, "autograder/hostile/%s", folders[f]), ".c", &entries);
        for (int i = 0; i < count; i++) {
            if (every || f == 1 || has_its_turn(exercise, (size_t)i))
                add_levels(claims, exercise, folders[f], entries[i]->d_name);
            free(entries[i]);
        }
        free(entries);
    }
}

struct claim *claims_of(const struct exercise *exercise, size_t *count)
{
    struct claims claims = {0};
    add_source(&claims, CLAIM_STUB, exercise, "exercises", "the stub compiles and gets 0 points");
    add_source(&claims, CLAIM_SOLUTION, exercise, "solutions", "the solution gets all points");
    add_source(&claims, CLAIM_SANITIZED, exercise, "solutions",
               "the solution gets all points with AddressSanitizer and UBSan");
    add_mutants(&claims, exercise);
    add_hostile(&claims, exercise, false);
    *count = claims.count;
    return claims.list;
}

struct claim *claims_against(const struct exercise *exercise, size_t *count)
{
    struct claims claims = {0};
    add_hostile(&claims, exercise, true);
    *count = claims.count;
    return claims.list;
}
