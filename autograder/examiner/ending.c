// Tells in words what became of a drive.
#include "ending.h"
#include "../driver/driver.h"
#include "../sandbox/limits.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static void limit_sentence(const struct outcome *outcome, const struct limits *limits, char *text,
                           size_t size)
{
    const struct warden_report *report = &outcome->report;
    const char *waiting = report->waiting;
    switch (outcome->limit) {
    case LIMIT_NONE:
        break;
    case LIMIT_TIME:
        snprintf(text, size, "It had not ended after %ld s and was stopped.%s%s%s",
                 limits->time_ms / 1000, *waiting ? " At that moment: " : "", waiting,
                 *waiting ? "." : "");
        break;
    case LIMIT_STALL:
        if (report->stopped)
            snprintf(text, size, "It stopped itself (SIGSTOP) and nobody let it go on.");
        else if (strstr(waiting, "sleep") != NULL)
            snprintf(text, size, "It slept for more than %ld s and was stopped.",
                     limits->stall_ms / 1000);
        else
            snprintf(
                text, size,
                "It was stuck: all its processes slept, and nothing was left that could wake them%s%s%s.",
                *waiting ? " (" : "", waiting, *waiting ? ")" : "");
        break;
    case LIMIT_PROCESSES:
        snprintf(text, size,
                 "It was stopped because it had more than %ld processes at once. Does a child run on in "
                 "its parent's code, and start children of its own?",
                 limits->processes);
        break;
    case LIMIT_MEMORY:
        snprintf(text, size,
                 "It was stopped because its processes together used more than %ld MiB of memory.",
                 limits->tree_mib);
        break;
    case LIMIT_FILES:
        snprintf(text, size, "It was stopped because its files together took more than %ld MiB.",
                 limits->files_mib);
        break;
    case LIMIT_OUTPUT:
        snprintf(text, size, "It was stopped because it wrote more than 16 MiB of output.");
        break;
    }
}

static void signal_sentence(int number, const struct limits *limits, char *text, size_t size)
{
    if (number == SIGXCPU)
        snprintf(text, size, "It used %ld s of processor time without an end: is there an endless loop?",
                 limits->cpu_seconds);
    else if (number == SIGXFSZ)
        snprintf(text, size, "It was ended because it wrote a file larger than %ld MiB.",
                 limits->file_mib);
    else
        snprintf(text, size, "It was ended by signal %d (%s%s).", number, strsignal(number),
                 number == SIGSEGV ? ": a bad pointer, or a recursion without an end" : "");
}

static void status_sentence(const struct outcome *outcome, int status, const struct limits *limits,
                            char *text, size_t size)
{
    if (status == ENDING_SANITIZER && limits->traceable)
        snprintf(
            text, size,
            "A sanitizer found an error of memory (a bad access, or memory that was never freed) or of "
            "arithmetic; its report is in the output.");
    else if (status == DRIVER_EXHAUSTED)
        snprintf(text, size,
                 "It ran out of descriptors, processes or memory (its output says of what): does your "
                 "code give back what it takes?");
    else if (status == DRIVER_SILENCED)
        snprintf(text, size,
                 "Its answer could not be sent: does your code close descriptors that it did not open?");
    else if (status != 0)
        snprintf(text, size,
                 "It ended with status %d: does your code end the whole program (exit, _exit) where it "
                 "should return?",
                 status);
    else if (outcome->answer_size == 0)
        snprintf(text, size,
                 "It ended before it could answer, with status 0: does your code end the whole program "
                 "(exit, _exit) where it should return, or close descriptors that it did not open?");
}

// A program that runs out of memory usually dies of a NULL pointer. Says so if it was near its limit.
static void add_memory(const struct outcome *outcome, const struct limits *limits, char *text,
                       size_t size)
{
    size_t used = strlen(text);
    long peak = outcome->report.peak_mib;
    if (used > 0 && limits->memory_mib > 0 && peak * 5 >= limits->memory_mib * 4)
        snprintf(text + used, size - used,
                 " It had used %ld MiB of memory; one process may have %ld MiB.", peak,
                 limits->memory_mib);
}

void ending_sentence(const struct outcome *outcome, const struct limits *limits, char *text, size_t size)
{
    const struct warden_report *report = &outcome->report;
    text[0] = '\0';
    if (outcome->limit != LIMIT_NONE)
        limit_sentence(outcome, limits, text, size);
    else if (!outcome->reported)
        snprintf(text, size,
                 "The process that watches it was ended by signal %d: does your code send signals to "
                 "processes that it did not start (getppid(), 0, -1)?",
                 WTERMSIG(outcome->warden_status));
    else if (WIFSIGNALED(report->wait_status))
        signal_sentence(WTERMSIG(report->wait_status), limits, text, size);
    else
        status_sentence(outcome, WEXITSTATUS(report->wait_status), limits, text, size);
    if (outcome->limit == LIMIT_NONE && outcome->reported)
        add_memory(outcome, limits, text, size);
}
