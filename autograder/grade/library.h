// The learner's own library: their modules, which exercises are built with instead of the solutions'.
#pragma once
#include "build.h"

enum module_state {
    MODULE_MISSING, // there is no such file: the solution's is used
    MODULE_STUB,    // it is not written yet: the solution's is used
    MODULE_OWN,     // the learner's is used
    MODULE_BROKEN,  // it cannot be built: what uses it cannot, either
    MODULE_FAULT,   // it could not be read or built by no fault of the learner
};

struct module {
    const struct exercise *exercise;
    enum module_state state;
    char file[WORKBOOK_PATH_SIZE]; // how reports call it
    char *why;                     // if broken: a sentence or what the compiler said
};

struct library {
    char folder[512]; // the objects: SLUG.o
    struct module *modules;
    size_t count;
};

// Reads the word behind --library: "mine" or "solutions". Ends the program if it is neither.
bool library_is_own(const char *word);

// Lets in and builds every module of the submission (NULL: of the working copy). The caller gives
// `library` to library_free().
void library_make(const struct ground *ground, const char *submission, struct library *library);
void library_free(struct library *library);

// Builds the program of an exercise with these modules; `library` may be NULL. If it uses one that cannot
// be built, the build has not succeeded, and says so. The caller gives `build` to build_free().
void library_build(const struct library *library, const struct ground *ground,
                   const struct exercise *exercise, const struct source *source, struct build *build);

// The module with this slug. Ends the program if there is none.
const struct module *library_find(const struct library *library, const char *slug);

// Why the learner's module is not used, as a part of a sentence. Empty if it is used.
// The caller frees it.
char *library_reason(const struct module *module);
