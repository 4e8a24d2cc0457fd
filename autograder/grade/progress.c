// What the learner has reached.
#include "progress.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char *path_of(char *path, const char *id)
{
    return workbook_path(path, "build/progress/%s.json", id);
}

void progress_save(const json_t *exercise_result)
{
    char path[WORKBOOK_PATH_SIZE], folder[WORKBOOK_PATH_SIZE];
    workbook_path(folder, "build/progress");
    path_of(path, json_string_value(json_object_get(exercise_result, "id")));
    if ((mkdir(folder, 0755) == -1 && errno != EEXIST) ||
        json_dump_file(exercise_result, path, JSON_INDENT(1)) == -1)
        fprintf(stderr, "grade: cannot write %s; only your progress list is affected\n", path);
}

json_t *progress_load(const struct exercise *exercise)
{
    char path[WORKBOOK_PATH_SIZE];
    return json_load_file(path_of(path, exercise->id), 0, NULL);
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

static bool is_finished(const struct exercise *exercise)
{
    char file[WORKBOOK_PATH_SIZE], saved[WORKBOOK_PATH_SIZE];
    struct stat edited, graded;
    workbook_path(file, "exercises/%s/%s.c", exercise->id, exercise->slug);
    if (stat(file, &edited) == -1 || stat(path_of(saved, exercise->id), &graded) == -1 ||
        is_later(&edited.st_mtim, &graded.st_mtim))
        return false;
    json_t *result = progress_load(exercise);
    json_int_t most = json_integer_value(json_object_get(result, "max_points"));
    bool finished = most > 0 && json_integer_value(json_object_get(result, "points")) == most;
    json_decref(result);
    return finished;
}

const struct exercise *progress_next(void)
{
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    for (size_t i = 0; i < count; i++)
        if (!is_finished(&exercises[i]))
            return &exercises[i];
    return NULL;
}
