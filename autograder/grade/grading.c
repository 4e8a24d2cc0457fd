// Grades one exercise from its source file to its part of the result.
#include "grading.h"
#include "examine.h"
#include "gate.h"
#include "result.h"
#include <stdio.h>
#include <stdlib.h>

static const char *const status_names[] = {
    [BUILD_DONE] = "built",       [BUILD_NOT_COMPILED] = "not_compiled",
    [BUILD_REFUSED] = "refused",  [BUILD_NOT_LINKED] = "not_linked",
    [BUILD_FAULT] = "not_graded",
};

void grading_run(const struct ground *ground, const struct exercise *exercise,
                 const struct grading *grading, json_t *result)
{
    char fault[512];
    struct build build = {.status = BUILD_REFUSED};
    struct source source = gate_read(grading->file);
    if (source.text != NULL)
        build_program(ground, exercise, &source, &build);
    const char *program = build.status == BUILD_DONE ? build.directory : NULL;
    json_t *tests = examine(ground, exercise, program, grading->seed, grading->jobs, fault);
    result_add(result, exercise->id, exercise->title, grading->name,
               source.missing ? "missing"
               : source.fault ? "not_graded"
                              : status_names[build.status],
               source.text == NULL ? source.why : build.output, fault, tests);
    build_free(&build);
    free(source.text);
}
