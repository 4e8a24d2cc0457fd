// What the report files say while the grading is under way.
#include "interim.h"
#include "die.h"
#include "result.h"
#include "submission.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void add(json_t *result, const struct interim *interim, const char *id, json_t *tests)
{
    char name[WORKBOOK_PATH_SIZE];
    const struct exercise *exercise = workbook_find(id);
    submission_name(interim->submission, exercise, name);
    if (tests != NULL)
        result_add(result, exercise->id, exercise->title, name, "built", "",
                   "The tests were under way when this was written.", tests);
    else
        result_add(result, exercise->id, exercise->title, name, "not_graded", "Nothing ran yet.", "",
                   NULL);
}

// `tests`: of the exercise under way, NULL: none has a verdict.
static bool write_interim(const struct interim *interim, const json_t *tests)
{
    json_t *result = json_deep_copy(interim->finished);
    json_t *copy = json_deep_copy(tests);
    if (result == NULL || (tests != NULL && copy == NULL))
        die("out of memory");
    for (char *const *name = interim->exercises; *name != NULL; name++)
        add(result, interim, *name, name == interim->exercises ? copy : NULL);
    bool written = outputs_update(interim->outputs, result);
    json_decref(result);
    return written;
}

void interim_begin(const struct interim *interim)
{
    if (outputs_have_files(interim->outputs) && !write_interim(interim, NULL))
        die("cannot write the report: %s", strerror(errno));
}

void interim_tests(const struct interim *interim, const json_t *tests)
{
    if (outputs_have_files(interim->outputs))
        write_interim(interim, tests);
}
