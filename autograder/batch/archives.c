// Submissions that are archives: `unpack` reads them, in the sandbox.
#include "archives.h"
#include "../grade/die.h"
#include "unpacked.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARCHIVE_MOST_MIB = 64, MOST_EXERCISES = 64 };

// Only the first line of the sentence, made harmless.
__attribute__((format(printf, 2, 3))) static void refuse(struct submission *submission,
                                                         const char *format, ...)
{
    char line[sizeof submission->why];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    line[strcspn(line, "\n")] = '\0';
    shown_name(line, submission->why, sizeof submission->why);
}

// Takes what `unpack` has answered. It comes out of the sandbox and is not trusted: false if it is not
// as it should be.
static bool take_answer(const char *answer, size_t size, const struct exercise *exercises, size_t count,
                        struct submission *submission)
{
    while (size > 0) {
        struct unpacked head;
        if (size < sizeof head)
            return false;
        memcpy(&head, answer, sizeof head);
        answer += sizeof head;
        size -= sizeof head;
        if (head.exercise >= count || head.size > GATE_SIZE_MAX + 1 || head.size > size ||
            submission->count == count)
            return false;
        head.path[sizeof head.path - 1] = '\0';
        struct source source = gate_take((mode_t)head.mode, answer, head.size);
        intake_add(submission, &exercises[head.exercise], &source, head.path);
        answer += head.size;
        size -= head.size;
    }
    return true;
}

static void judge(const struct outcome *outcome, const struct exercise *exercises, size_t count,
                  struct submission *submission)
{
    int status = outcome->report.wait_status;
    char *said = capture_text(&outcome->output);
    if (outcome->fault[0] != '\0')
        refuse(submission, "It could not be unpacked: %s.", outcome->fault);
    else if (outcome->limit != LIMIT_NONE || !outcome->reported || !WIFEXITED(status))
        refuse(submission, "Unpacking it was stopped: it takes too much time or memory.");
    else if (WEXITSTATUS(status) != 0)
        refuse(submission, "%s", said == NULL || said[0] == '\0' ? "It could not be unpacked." : said);
    else if (!take_answer(outcome->answer, outcome->answer_size, exercises, count, submission))
        refuse(submission, "What was unpacked of it makes no sense.");
    free(said);
}

static void unpack(const struct ground *ground, const void *bytes, size_t size,
                   struct submission *submission)
{
    char folder[512], warden[GROUND_PATH_SIZE];
    char names[MOST_EXERCISES][sizeof(struct exercise)];
    char *arguments[MOST_EXERCISES + 1] = {NULL};
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    if (count > MOST_EXERCISES)
        die("more than %d exercises", MOST_EXERCISES);
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "%s/%s", exercises[i].id, exercises[i].slug);
        arguments[i] = names[i];
    }
    snprintf(folder, sizeof folder, "%s/intake", ground->scratch);
    const struct sandbox_job job = {
        .warden = ground_warden(ground, warden),
        .directory = folder,
        .program = "unpack",
        .arguments = arguments,
        .input = bytes,
        .input_size = size,
        .answer_max = count * (GATE_SIZE_MAX + 1 + sizeof(struct unpacked)),
        .limits = limits_of_the_compiler,
        .show = -1,
    };
    struct outcome outcome;
    sandbox_run(ground->level, &job, &outcome);
    judge(&outcome, exercises, count, submission);
    outcome_free(&outcome);
}

void archives_read(const struct ground *ground, int archive, struct submission *submission)
{
    struct stat status;
    if (fstat(archive, &status) == -1 || !S_ISREG(status.st_mode)) {
        refuse(submission, "It is not a regular file.");
    } else if (status.st_size == 0) {
        refuse(submission, "It is empty.");
    } else if (status.st_size > (off_t)ARCHIVE_MOST_MIB << 20) {
        refuse(submission, "It is larger than %d MiB.", ARCHIVE_MOST_MIB);
    } else {
        size_t size = (size_t)status.st_size;
        void *bytes = malloc(size);
        if (bytes == NULL)
            die("out of memory");
        ssize_t got = pread(archive, bytes, size, 0);
        if (got == (ssize_t)size)
            unpack(ground, bytes, size, submission);
        else
            refuse(submission, "It cannot be read: %s.", got == -1 ? strerror(errno) : "it has changed");
        free(bytes);
    }
}
