// Shows the hints of an exercise, one more each time.
#include "commands.h"
#include "die.h"
#include "gate.h"
#include "hints.h"
#include "progress.h"
#include "workbook.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// How many hints were shown already: kept in a file, which the learner may delete to begin again.
static int shown_before(const char *path)
{
    int shown = 0;
    FILE *file = fopen(path, "re");
    if (file != NULL) {
        if (fscanf(file, "%d", &shown) != 1 || shown < 0)
            shown = 0;
        fclose(file);
    }
    return shown;
}

static void remember(const char *path, int shown)
{
    FILE *file = fopen(path, "we");
    if (file == NULL || fprintf(file, "%d\n", shown) < 0)
        fprintf(stderr, "grade: cannot remember which hint was shown: %s\n", strerror(errno));
    if (file != NULL)
        fclose(file);
}

int command_hint(int argc, char **argv)
{
    char path[WORKBOOK_PATH_SIZE];
    const struct exercise *exercise = argc > 1 ? workbook_require(argv[1]) : progress_next();
    if (exercise == NULL)
        die("all exercises are finished: name one");
    snprintf(path, sizeof path, "exercises/%s/README.md", exercise->id);
    struct source readme = gate_read(workbook_root(), path);
    if (readme.text == NULL)
        die("%s: %s", path, readme.why);
    readme.text[readme.size < GATE_SIZE_MAX ? readme.size : GATE_SIZE_MAX] = '\0';
    mkdir(workbook_path(path, "build/progress"), 0755);
    workbook_path(path, "build/progress/%s.hints", exercise->id);
    int shown = shown_before(path);
    bool solved = workbook_has_solution(exercise);
    const char *begin;
    size_t size;
    int count = hints_find(readme.text, shown + 1, &begin, &size);
    if (count == 0)
        die("there are no hints for %s", exercise->id);
    for (int i = 1; i <= (shown < count ? shown + 1 : count); i++) {
        hints_find(readme.text, i, &begin, &size);
        printf("%.*s", (int)size, begin);
    }
    if (shown < count)
        remember(path, shown + 1);
    if (shown + 1 < count)
        printf("(%d of %d hints. When you have tried this one: make hint E=%s)\n", shown + 1, count,
               exercise->id);
    else
        printf("(All %d hints.%s%s%s)\n", count, solved ? " solutions/" : "", solved ? exercise->id : "",
               solved ? " has a solution, for afterwards." : "");
    free(readme.text);
    return 0;
}
