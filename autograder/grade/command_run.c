// Runs one drive of an exercise by hand, in the sandbox, with its output on the terminal.
#include "../driver/driver.h"
#include "../examiner/answer.h"
#include "../examiner/ending.h"
#include "commands.h"
#include "die.h"
#include "library.h"
#include "progress.h"
#include "submission.h"
#include "supervise.h"
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BY_HAND "by-hand" // where the examiner gives a secret

struct order {
    const struct exercise *exercise;
    char *command[16];      // BY_HAND, the drive and its arguments
    bool own_library;       // build with the learner's other modules
    const char *submission; // folder, or NULL: the working copy
    struct ground ground;
};

static bool is_text(const char *value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isprint((unsigned char)value[i]))
            return false;
    return true;
}

// The answer as "name value" lines.
static void show_answer(const struct outcome *outcome)
{
    int count = answer_count(outcome, BY_HAND);
    const char *at = outcome->answer;
    const char *end = outcome->answer + outcome->answer_size;
    if (count > 1)
        printf("%d answers came back: does a child return into its parent's code?\n", count);
    while (count > 0 && at < end) {
        char name[64];
        size_t size;
        int used;
        if (sscanf(at, "%63s %zu\n%n", name, &size, &used) != 2)
            break;
        at = strchr(at, '\n') + 1;
        if (strcmp(name, "end") == 0)
            continue;
        if (is_text(at, size))
            printf("  %-28s %.*s\n", name, (int)(size < 60 ? size : 60), at);
        else
            printf("  %-28s (%zu bytes)\n", name, size);
        at += size + 1;
    }
}

static bool ended_with(const struct outcome *outcome, int status)
{
    return outcome->report.ended && WIFEXITED(outcome->report.wait_status) &&
           WEXITSTATUS(outcome->report.wait_status) == status;
}

static void show_end(const struct outcome *outcome, const struct limits *limits)
{
    char sentence[512];
    printf("--- The drive has ended after %ld ms.%s\n", outcome->report.wall_ms,
           outcome->answer_size > 0 ? " Its answer:" : " It gave no answer.");
    show_answer(outcome);
    ending_sentence(outcome, limits, sentence, sizeof sentence);
    printf("--- Left running: %d, zombies: %d. %s\n", outcome->report.left_running,
           outcome->report.zombies, sentence);
}

static int run_drive(void *argument)
{
    const struct order *order = argument;
    char name[WORKBOOK_PATH_SIZE], companion[WORKBOOK_PATH_SIZE], warden[GROUND_PATH_SIZE];
    struct library library = {0};
    struct build build;
    struct outcome outcome;
    struct source source = submission_read(order->submission, order->exercise, name);
    if (source.text == NULL)
        die("%s: %s", name, source.why);
    if (order->own_library)
        library_make(&order->ground, order->submission, &library);
    library_build(order->own_library ? &library : NULL, &order->ground, order->exercise, &source, &build);
    library_free(&library);
    if (build.output[0] != '\0')
        fputs(build.output, stderr);
    if (build.status != BUILD_DONE)
        return EXIT_NOT_GRADED;
    struct sandbox_job job = {.warden = ground_warden(&order->ground, warden),
                              .directory = build.directory,
                              .program = "drive",
                              .arguments = (char *const *)order->command,
                              .answer_max = 1024 * 1024,
                              .companion = build_companion(build.directory, companion),
                              .limits = limits_of_a_drive,
                              .show = STDOUT_FILENO};
    if (order->ground.sanitized)
        limits_for_sanitizers(&job.limits);
    sandbox_run(order->ground.level, &job, &outcome);
    if (outcome.fault[0] != '\0')
        die("%s", outcome.fault);
    bool known = !ended_with(&outcome, DRIVER_UNKNOWN);
    if (known)
        show_end(&outcome, &job.limits);
    outcome_free(&outcome);
    build_free(&build);
    free(source.text);
    return known || order->command[1][0] == '\0' ? 0 : EXIT_NOT_GRADED;
}

// Returns how many words it took. What comes behind the exercise belongs to the drive.
static int read_options(int argc, char **argv, struct order *order)
{
    static const struct option options[] = {
        {"library", required_argument, NULL, 'm'},
        {"sanitize", no_argument, NULL, 'z'},
        {"submission", required_argument, NULL, 's'},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
        if (option == 'm')
            order->own_library = library_is_own(optarg);
        else if (option == 's')
            order->submission = optarg;
        else if (option == 'z')
            order->ground.sanitized = true;
        else
            die("see build/grade --help");
    }
    return optind;
}

int command_run(int argc, char **argv)
{
    struct order order = {.command = {BY_HAND, ""}};
    int first = read_options(argc, argv, &order);
    order.exercise = first < argc ? workbook_require(argv[first]) : progress_next();
    if (order.exercise == NULL)
        die("all exercises are finished: name one");
    for (int i = first + 1; i < argc && i - first < 14; i++)
        order.command[i - first] = argv[i];
    supervise_hold();
    ground_make(&order.ground, '\0');
    int status = supervise(run_drive, &order);
    ground_remove(&order.ground);
    return status;
}
