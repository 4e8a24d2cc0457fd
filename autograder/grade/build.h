// Turns a submitted source into a program of its exercise, inside the sandbox.
#pragma once
#include "../sandbox/sandbox.h"
#include "gate.h"
#include "workbook.h"

// How submissions are run: chosen once for a run of the grader.
struct ground {
    enum sandbox_level level;
    char scratch[256]; // temporary directory; holds "warden", "reference/reference" and, for each
                       // exercise, "ID.kit" and "ID/drive"
    bool sanitized;    // build with AddressSanitizer and UBSan
};

enum build_status { BUILD_DONE, BUILD_NOT_COMPILED, BUILD_REFUSED, BUILD_NOT_LINKED, BUILD_FAULT };

struct build {
    enum build_status status;
    char *
        output; // what the compiler said, warnings included; a sentence if refused; the reason of a fault
    char directory[512]; // of the program "drive", when done
    double cpu_seconds;  // of the compiler and its tools
    char linked[1024];   // with which modules of the library: their slugs, a blank behind each
};

// Makes the ground but for `sanitized`, which is the caller's: the temporary directory and the warden in
// it; finds the sandbox's level, or makes sure that the one that `level` names holds. `why`
// (SANDBOX_WHY_SIZE bytes): why the level is not the best, or what is weak in it. Ends the program if it
// cannot.
void ground_make(struct ground *ground, char level, char *why);

// Notes a socket outside the temporary directory that has to be removed with it.
void ground_note_socket(const struct ground *ground, const char *path);

// Removes the temporary directory and the sockets that were noted. Nothing else is ever removed.
void ground_remove(const struct ground *ground);

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
