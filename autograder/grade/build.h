// Turns a submitted source into a program of its exercise, inside the sandbox.
#pragma once
#include "gate.h"
#include "ground.h"
#include "workbook.h"

enum build_status { BUILD_DONE, BUILD_NOT_COMPILED, BUILD_REFUSED, BUILD_NOT_LINKED, BUILD_FAULT };

struct build {
    enum build_status status;
    char *
        output; // what the compiler said, warnings included; a sentence if refused; the reason of a fault
    char directory[512]; // of the program "drive", when done
    double cpu_seconds;  // of the compiler and its tools
    char linked[1024];   // with which modules of the library: their slugs, a blank behind each
};

// Builds the program. `mine`: a folder of modules, SLUG.o, to be linked with instead of the solutions',
// or NULL. The caller gives `build` to build_free().
void build_program(const struct ground *ground, const struct exercise *exercise,
                   const struct source *source, const char *mine, struct build *build);

// Builds the module alone: the file `object`. The caller gives `build` to build_free().
void build_module(const struct ground *ground, const struct exercise *exercise,
                  const struct source *source, const char *object, struct build *build);
void build_free(struct build *build);

// The program that runs beside the one in `directory` (a build's), if its exercise has one: writes its
// path and returns `path` (WORKBOOK_PATH_SIZE bytes), or NULL.
const char *build_companion(const char *directory, char *path);
