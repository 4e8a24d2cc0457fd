// The reports that were asked for, and where they go.
#pragma once
#include "../report/report.h"
#include "sink.h"

enum { MOST_OUTPUTS = 16 };

struct outputs {
    size_t count;
    struct output {
        const struct report_format *format;
        const char *path; // NULL: standard output
        bool append;
        struct sink sink; // open if there is a path
    } output[MOST_OUTPUTS];
};

// --format NAME. Ends the program if there is no such format, and lists those that there are.
void outputs_add(struct outputs *outputs, const char *format);

// --output PATH and --append PATH: where the last one goes ("-": standard output). Without a --format
// before it, the text.
void outputs_to(struct outputs *outputs, const char *path, bool append);

// Opens all sinks; ends the program if one cannot be written, or if on standard output something comes
// after a report that must be the last. Without any output, adds the text.
void outputs_open(struct outputs *outputs);

// Whether there is a file that shows the grading while it is under way.
bool outputs_have_files(const struct outputs *outputs);

// Replaces these files by reports of the result so far. Returns false with errno if one cannot be
// written.
bool outputs_update(const struct outputs *outputs, const json_t *result);

// Writes all reports, in their order; the text with the details of `failures` failed tests. Ends the
// program if one cannot be written.
void outputs_finish(const struct outputs *outputs, const json_t *result, int failures);

// Closes all sinks.
void outputs_close(struct outputs *outputs);
