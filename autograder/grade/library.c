// The learner's own library: their modules, which exercises are built with instead of the solutions'.
#define _GNU_SOURCE // asprintf
#include "library.h"
#include "die.h"
#include "submission.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool library_is_own(const char *word)
{
    bool own = strcmp(word, "mine") == 0;
    if (!own && strcmp(word, "solutions") != 0)
        die("there is no library \"%s\": mine or solutions", word);
    return own;
}

static const char stub_mark[] = "TODO(learner)";

// The text has no '\0' at its end.
static bool is_stub(const struct source *source)
{
    const size_t length = sizeof stub_mark - 1;
    for (size_t i = 0; i + length <= source->size; i++)
        if (memcmp(source->text + i, stub_mark, length) == 0)
            return true;
    return false;
}

static void compile(const struct ground *ground, const char *folder, const struct source *source,
                    struct module *module)
{
    char object[1024];
    struct build build;
    snprintf(object, sizeof object, "%s/%s.o", folder, module->exercise->slug);
    build_module(ground, module->exercise, source, object, &build);
    module->state = build.status == BUILD_DONE    ? MODULE_OWN
                    : build.status == BUILD_FAULT ? MODULE_FAULT
                                                  : MODULE_BROKEN;
    if (module->state != MODULE_OWN)
        module->why = strdup(build.output);
    build_free(&build);
}

static void add(const struct ground *ground, const char *folder, const char *submission,
                struct module *module)
{
    struct source source = submission_read(submission, module->exercise, module->file);
    if (source.missing)
        module->state = MODULE_MISSING;
    else if (source.text == NULL)
        module->state = source.fault ? MODULE_FAULT : MODULE_BROKEN;
    else if (is_stub(&source))
        module->state = MODULE_STUB;
    else
        compile(ground, folder, &source, module);
    if (source.text == NULL)
        module->why = strdup(source.why);
    free(source.text);
}

void library_make(const struct ground *ground, const char *submission, struct library *library)
{
    const struct exercise *exercises = workbook_exercises(&library->count);
    library->modules = calloc(library->count, sizeof *library->modules);
    if (library->modules == NULL)
        die("out of memory");
    snprintf(library->folder, sizeof library->folder, "%s/library", ground->scratch);
    if (mkdir(library->folder, 0755) == -1)
        die("mkdir %s: %s", library->folder, strerror(errno));
    for (size_t i = 0; i < library->count; i++) {
        library->modules[i].exercise = &exercises[i];
        add(ground, library->folder, submission, &library->modules[i]);
    }
}

void library_free(struct library *library)
{
    for (size_t i = 0; i < library->count; i++)
        free(library->modules[i].why);
    free(library->modules);
    *library = (struct library){0};
}

const struct module *library_find(const struct library *library, const char *slug)
{
    for (size_t i = 0; i < library->count; i++)
        if (strcmp(library->modules[i].exercise->slug, slug) == 0)
            return &library->modules[i];
    die("there is no exercise of the module %s", slug);
}

char *library_reason(const struct module *module)
{
    static const char *const formats[] = {
        [MODULE_MISSING] = "there is no %s",
        [MODULE_STUB] = "%s still says TODO(learner)",
        [MODULE_OWN] = "",
        [MODULE_BROKEN] = "%s cannot be built",
        [MODULE_FAULT] = "%s could not be read or built, by no fault of yours",
    };
    char *text;
    if (asprintf(&text, formats[module->state], module->file) == -1)
        die("out of memory");
    return text;
}

// Without this module of the learner there is no program.
static void fail(struct build *build, const struct module *module)
{
    char *reason = library_reason(module), *output;
    if (asprintf(&output, "It uses %s, and %s:\n%s", module->exercise->id, reason, module->why) == -1)
        die("out of memory");
    free(reason);
    free(build->output);
    build->output = output;
    build->status = module->state == MODULE_FAULT ? BUILD_FAULT : BUILD_NOT_LINKED;
}

void library_build(const struct library *library, const struct ground *ground,
                   const struct exercise *exercise, const struct source *source, struct build *build)
{
    char linked[sizeof build->linked], *rest;
    build_program(ground, exercise, source, library == NULL ? NULL : library->folder, build);
    memcpy(linked, build->linked, sizeof linked);
    for (char *slug = strtok_r(linked, " ", &rest); library != NULL && slug != NULL;
         slug = strtok_r(NULL, " ", &rest)) {
        const struct module *module = library_find(library, slug);
        if (module->state == MODULE_BROKEN || module->state == MODULE_FAULT) {
            fail(build, module);
            break;
        }
    }
}
