// Turns a submitted source into a program of its exercise, inside the sandbox.
#define _GNU_SOURCE // asprintf
#include "build.h"
#include "die.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAM_MAX = 64 * 1024 * 1024 }; // bytes; sanitizers make programs of a few MiB

static int write_program(const char *path, const struct outcome *outcome)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
    if (file == -1)
        return -1;
    size_t written = 0;
    while (written < outcome->answer_size) {
        ssize_t part = write(file, outcome->answer + written, outcome->answer_size - written);
        if (part == -1 && errno != EINTR)
            break;
        if (part > 0)
            written += (size_t)part;
    }
    return close(file) == -1 || written < outcome->answer_size ? -1 : 0;
}

static enum build_status status_of(const struct outcome *outcome)
{
    if (outcome->fault[0] != '\0')
        return BUILD_FAULT;
    int status = outcome->report.wait_status;
    if (outcome->limit != LIMIT_NONE || !outcome->reported || !WIFEXITED(status))
        return BUILD_NOT_COMPILED;
    switch (WEXITSTATUS(status)) {
    case 0:
        return outcome->answer_size < PROGRAM_MAX ? BUILD_DONE : BUILD_REFUSED;
    case 10:
        return BUILD_NOT_COMPILED;
    case 11:
        return BUILD_REFUSED;
    case 12:
        return BUILD_NOT_LINKED;
    default:
        return BUILD_FAULT;
    }
}

static char *output_of(const struct outcome *outcome)
{
    if (outcome->fault[0] != '\0')
        return strdup(outcome->fault);
    if (outcome->limit != LIMIT_NONE)
        return strdup(
            "The compiler was stopped: it took more than 20 s, or more memory than is allowed.");
    char *output = capture_text(&outcome->output);
    if (output == NULL ||
        (strstr(output, "out of memory") == NULL && strstr(output, "limit exceeded signal") == NULL))
        return output;
    char *both;
    if (asprintf(&both,
                 "The compiler was stopped: it needed more time or memory than is allowed. It said:\n%s",
                 output) == -1)
        die("out of memory");
    free(output);
    return both;
}

// Takes the last line of a program's build, which tells the modules, from the output.
static void read_linked(struct build *build)
{
    static const char head[] = "linked: ";
    char *line = build->output + strlen(build->output);
    while (line > build->output && (line[-1] != '\n' || line[0] == '\0'))
        line--;
    if (strncmp(line, head, sizeof head - 1) != 0)
        return;
    line[strcspn(line, "\n")] = '\0';
    snprintf(build->linked, sizeof build->linked, "%s", line + sizeof head - 1);
    line[0] = '\0';
}

// Runs compile.sh with this kit; what it makes goes to the file `target`.
static void compile(const struct ground *ground, const char *kit, const char *wanted, const char *slug,
                    const struct source *source, const char *target, struct build *build)
{
    char warden[GROUND_PATH_SIZE], module[80];
    snprintf(module, sizeof module, "%s.c", slug);
    char *arguments[] = {"-c",
                         ". \"$KIT/compile.sh\"",
                         "compile.sh",
                         (char *)wanted,
                         module,
                         ground->sanitized ? "-fsanitize=address,undefined" : NULL,
                         "-fno-omit-frame-pointer",
                         NULL};
    const struct sandbox_job job = {
        .warden = ground_warden(ground, warden),
        .directory = kit,
        .program = "/usr/bin/sh",
        .arguments = arguments,
        .input = source->text,
        .input_size = source->size,
        .answer_max = PROGRAM_MAX,
        .limits = limits_of_the_compiler,
        .show = -1,
    };
    struct outcome outcome;
    sandbox_run(ground->level, &job, &outcome);
    build->status = status_of(&outcome);
    build->cpu_seconds = (double)outcome.report.cpu_ns / 1e9;
    build->output = output_of(&outcome);
    if (build->output == NULL)
        die("out of memory");
    if (build->status == BUILD_DONE && write_program(target, &outcome) == -1)
        die("cannot write %s: %s", target, strerror(errno));
    outcome_free(&outcome);
}

void build_program(const struct ground *ground, const struct exercise *exercise,
                   const struct source *source, const char *mine, struct build *build)
{
    char kit[1024], from[WORKBOOK_PATH_SIZE], program[1024], inside[1100];
    *build = (struct build){0};
    snprintf(build->directory, sizeof build->directory, "%s/%s", ground->scratch, exercise->id);
    snprintf(kit, sizeof kit, "%s.kit", build->directory);
    snprintf(program, sizeof program, "%s/drive", build->directory);
    if (mkdir(build->directory, 0755) == -1)
        die("mkdir %s: %s", build->directory, strerror(errno));
    ground_copy(workbook_path(from, "build/kit/%s", exercise->id), kit);
    if (mine != NULL) {
        snprintf(inside, sizeof inside, "%s/mine", kit);
        ground_copy(mine, inside);
        snprintf(inside, sizeof inside, "%s/mine/%s.o", kit, exercise->slug);
        if (unlink(inside) == -1 && errno != ENOENT) // the graded file itself is built anew
            die("unlink %s: %s", inside, strerror(errno));
    }
    compile(ground, kit, "program", exercise->slug, source, program, build);
    if (build->status == BUILD_DONE)
        read_linked(build);
}

void build_module(const struct ground *ground, const struct exercise *exercise,
                  const struct source *source, const char *object, struct build *build)
{
    char kit[512], from[WORKBOOK_PATH_SIZE];
    *build = (struct build){0};
    snprintf(kit, sizeof kit, "%s/%s.module", ground->scratch, exercise->id);
    ground_copy(workbook_path(from, "build/kit/%s", exercise->id), kit);
    compile(ground, kit, "module", exercise->slug, source, object, build);
}

const char *build_companion(const char *directory, char *path)
{
    snprintf(path, WORKBOOK_PATH_SIZE, "%s.kit/companion", directory);
    return access(path, F_OK) == 0 ? path : NULL;
}

void build_free(struct build *build)
{
    free(build->output);
    *build = (struct build){0};
}
