// Reports: pure functions of one result (grade/result.h) and of what is said here. One table has all
// formats; whoever lists, chooses or describes a format reads it there.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

struct report_settings {
    bool colours;                              // text: with the escape sequences of a terminal
    int failures;                              // text: of how many failed tests details are shown
    time_t now;                                // when the report is made
    const char *(*variable)(const char *name); // what a service says of itself, or NULL: nothing. Gives
                                               // the value, or NULL
};
enum { REPORT_ALL_FAILURES = 1000000 };

struct report_format {
    const char *name;
    const char *file;    // what the file is called if only a folder is given
    const char *purpose; // what reads it, in a few words
    bool last;           // on standard output nothing may come after it
    void (*write)(const json_t *result, const struct report_settings *settings, FILE *file);
};

// All formats.
const struct report_format *report_formats(size_t *count);

// The format of that name, or NULL.
const struct report_format *report_format(const char *name);

// The report. What a submission or a file's name has put into the result is harmless in it: only
// visible characters (sandbox/visible.h), no markup of the format, no command to a CI system.
// The caller frees the text. Ends the program if there is no memory.
char *report_make(const struct report_format *format, const json_t *result,
                  const struct report_settings *settings);
