// The reports that were asked for, and where they go.
#include "outputs.h"
#include "die.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// "text, html, ... or exercism". The caller frees it.
static char *names_of_formats(void)
{
    char *names = NULL;
    size_t size, count;
    const struct report_format *formats = report_formats(&count);
    FILE *file = open_memstream(&names, &size);
    if (file == NULL)
        die("out of memory");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", formats[i].name);
    if (fclose(file) != 0)
        die("out of memory");
    return names;
}

void outputs_add(struct outputs *outputs, const char *name)
{
    const struct report_format *format = report_format(name);
    if (format == NULL)
        die("there is no format \"%s\": %s", name, names_of_formats());
    if (outputs->count == MOST_OUTPUTS)
        die("more than %d reports", MOST_OUTPUTS);
    outputs->output[outputs->count++] = (struct output){.format = format};
}

void outputs_to(struct outputs *outputs, const char *path, bool append)
{
    if (outputs->count == 0)
        outputs_add(outputs, "text");
    struct output *last = &outputs->output[outputs->count - 1];
    last->path = strcmp(path, "-") == 0 ? NULL : path;
    last->append = append;
}

static void check_order(const struct outputs *outputs)
{
    const struct output *last = NULL; // that must be
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->output[i];
        if (output->path != NULL)
            continue;
        if (last != NULL)
            die("the report as %s must be the last on standard output", last->format->name);
        last = output->format->last ? output : NULL;
    }
}

void outputs_open(struct outputs *outputs)
{
    if (outputs->count == 0)
        outputs_add(outputs, "text");
    check_order(outputs);
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->output[i];
        if (output->path == NULL)
            continue;
        if (sink_open(&output->sink, output->path, output->format->file, output->append) == 0)
            continue;
        if (errno == ELOOP)
            die("cannot write %s: it is a symbolic link; name the file itself, or - for standard output",
                output->path);
        die("cannot write %s: %s", output->path, strerror(errno));
    }
}

static bool is_file(const struct output *output)
{
    return output->path != NULL && output->sink.kind == SINK_FILE;
}

bool outputs_have_files(const struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (is_file(&outputs->output[i]))
            return true;
    return false;
}

static const char *variable(const char *name)
{
    return getenv(name);
}

static char *make(const struct output *output, const json_t *result, int failures)
{
    bool colours = output->path == NULL && isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    const struct report_settings settings = {
        .colours = colours, .failures = failures, .now = time(NULL), .variable = variable};
    return report_make(output->format, result, &settings);
}

bool outputs_update(const struct outputs *outputs, const json_t *result)
{
    bool written = true;
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->output[i];
        if (!is_file(output))
            continue;
        char *text = make(output, result, REPORT_ALL_FAILURES);
        written = sink_write(&output->sink, text) == 0 && written;
        free(text);
    }
    return written;
}

void outputs_finish(const struct outputs *outputs, const json_t *result, int failures)
{
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->output[i];
        char *text = make(output, result, failures);
        bool written = output->path == NULL ? fputs(text, stdout) != EOF && fflush(stdout) != EOF
                                            : sink_write(&output->sink, text) == 0;
        if (!written)
            die("cannot write %s: %s", output->path == NULL ? "the report" : output->path,
                strerror(errno));
        free(text);
    }
}

void outputs_close(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->output[i].path != NULL)
            sink_close(&outputs->output[i].sink);
}
