// Grades one exercise from its source file to its part of the result.
#include "grading.h"
#include "die.h"
#include "result.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const status_names[] = {
    [BUILD_DONE] = "built",       [BUILD_NOT_COMPILED] = "not_compiled",
    [BUILD_REFUSED] = "refused",  [BUILD_NOT_LINKED] = "not_linked",
    [BUILD_FAULT] = "not_graded",
};

// Which modules the program is linked with, and whose they are.
static json_t *uses_of(const struct build *build, const struct library *library)
{
    char linked[sizeof build->linked], *rest;
    json_t *uses = json_array();
    memcpy(linked, build->linked, sizeof linked);
    for (char *slug = strtok_r(linked, " ", &rest); slug != NULL; slug = strtok_r(NULL, " ", &rest)) {
        const struct module *module = library_find(library, slug);
        char *reason = library_reason(module);
        json_t *use =
            json_pack("{s:s, s:s, s:s, s:s}", "id", module->exercise->id, "file", module->file, "whose",
                      module->state == MODULE_OWN ? "learner" : "solution", "reason", reason);
        free(reason);
        if (use == NULL || json_array_append_new(uses, use) == -1)
            die("cannot describe the module %s", slug);
    }
    return uses;
}

void grading_run(const struct ground *ground, const struct exercise *exercise,
                 const struct grading *grading, json_t *result)
{
    char fault[512];
    struct build build = {.status = BUILD_REFUSED};
    const struct source *source = grading->source;
    if (source->text != NULL)
        library_build(grading->library, ground, exercise, source, &build);
    json_t *uses = NULL;
    if (build.status == BUILD_DONE && grading->library != NULL)
        uses = uses_of(&build, grading->library);
    const char *program = build.status == BUILD_DONE ? build.directory : NULL;
    json_t *tests = examine(ground, exercise, program, &grading->examining, fault);
    result_add(result, exercise->id, exercise->title, grading->name,
               source->missing ? "missing"
               : source->fault ? "not_graded"
                               : status_names[build.status],
               source->text == NULL ? source->why : build.output, fault, tests);
    if (uses != NULL)
        result_add_uses(result, uses);
    if (grading->cpu_seconds != NULL)
        *grading->cpu_seconds = build.cpu_seconds;
    build_free(&build);
}
