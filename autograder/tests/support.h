// What several of the autograder's own tests need: a folder for a test, files in it, and programs run to
// their end. A fault here ends the test with a message that names it.
#pragma once
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

// For TestSuite(): a folder of the test's own, which other users may enter, too, and its removal.
void folder_make(void);
void folder_remove(void);

// A path in that folder, in the folder of everything made (build/), and in the workbook. Each string is
// valid until eight more were asked for.
const char *in_folder(const char *name);
const char *in_build(const char *name);
const char *in_workbook(const char *name);
__attribute__((format(printf, 1, 2))) const char *text_of(const char *format, ...);

// Makes a folder, or a file with this content, that everybody may read.
void make_folder(const char *path);
void write_bytes(const char *path, const void *bytes, size_t size);
void write_text(const char *path, const char *text);

// The content of a file, with '\0' behind it. The caller frees it.
char *read_text(const char *path);

// How many names there are in a folder.
int count_names(const char *path);

// Copies a file or a folder with all that is in it.
void copy(const char *from, const char *to);

struct ran {
    int status;   // exit status, or minus the number of the signal
    char *output; // what it wrote; never freed: a test is a process of its own
    char *errors;
};

// Runs a program (found along PATH) to its end. NULL ends the words.
struct ran run(const char *program, ...) __attribute__((sentinel));

// Waits for a child. Returns its exit status, or minus the number of the signal.
int wait_for(int pid);
