// Grades exercises and writes the reports.
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "grading.h"
#include "interim.h"
#include "options.h"
#include "pictures.h"
#include "progress.h"
#include "result.h"
#include "submission.h"
#include "supervise.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_JOBS = 4, BRIEF_FAILURES = 3 };

// What was asked for on the command line.
struct order {
    const char *submission; // folder, or NULL: the working copy
    char level;             // '\0': the best
    char required;          // '\0': any
    uint64_t seed;
    int failures; // of which the text report shows the details
    bool say_next;
    bool exit_zero;   // marks lost are no failure of the command
    bool own_library; // build with the learner's other modules
    struct outputs outputs;
    char **exercises; // names, NULL at the end
    struct ground ground;
    char refusal[GROUND_REFUSAL_SIZE]; // why nothing can be graded
};

static struct order read_options(int argc, char **argv)
{
    static const struct option options[] = {
        {"submission", required_argument, NULL, 's'},
        {"format", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"append", required_argument, NULL, 'a'},
        {"exit-zero", no_argument, NULL, 'e'},
        {"seed", required_argument, NULL, 'n'},
        {"sandbox", required_argument, NULL, 'l'},
        {"require-sandbox", required_argument, NULL, 'r'},
        {"library", required_argument, NULL, 'm'},
        {"sanitize", no_argument, NULL, 'z'},
        {"next", no_argument, NULL, 'x'},
        {"brief", no_argument, NULL, 'b'},
        {NULL, 0, NULL, 0},
    };
    struct order order = {.seed = options_fresh_seed(), .failures = REPORT_ALL_FAILURES};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 's':
            order.submission = optarg;
            break;
        case 'f':
            outputs_add(&order.outputs, optarg);
            break;
        case 'o':
        case 'a':
            outputs_to(&order.outputs, optarg, option == 'a');
            break;
        case 'e':
            order.exit_zero = true;
            break;
        case 'n':
            order.seed = options_seed(optarg);
            break;
        case 'l':
            order.level = options_level(optarg);
            break;
        case 'r':
            order.required = options_level(optarg);
            break;
        case 'm':
            order.own_library = library_is_own(optarg);
            break;
        case 'z':
            order.ground.sanitized = true;
            break;
        case 'b':
            order.failures = BRIEF_FAILURES;
            break;
        case 'x':
            order.say_next = true;
            break;
        default:
            die("see build/grade --help");
        }
    }
    return order;
}

// A folder that is not there is a mistake of whoever grades, and must cost nobody any marks.
static void check_submission(const char *folder)
{
    struct stat status;
    if (stat(folder, &status) == -1)
        die("the submission %s: %s", folder, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        die("the submission %s is not a folder", folder);
    if (access(folder, R_OK | X_OK) == -1)
        die("the submission %s: %s", folder, strerror(errno));
}

static void follow(const void *interim, const json_t *tests)
{
    interim_tests(interim, tests);
}

static void grade_one(const struct order *order, const struct interim *interim,
                      const struct library *library, json_t *result)
{
    const struct exercise *exercise = workbook_find(interim->exercises[0]);
    char name[WORKBOOK_PATH_SIZE], why[128];
    int cpus = cpus_usable(why);
    struct source source = submission_read(order->submission, exercise, name);
    const struct grading grading = {.source = &source,
                                    .name = name,
                                    .library = order->own_library ? library : NULL,
                                    .examining = {.seed = order->seed,
                                                  .jobs = cpus < MOST_JOBS ? cpus : MOST_JOBS,
                                                  .follow = follow,
                                                  .context = interim}};
    grading_run(&order->ground, exercise, &grading, result);
    free(source.text);
    const json_t *exercises = json_object_get(result, "exercises");
    if (order->submission == NULL)
        progress_save(json_array_get(exercises, json_array_size(exercises) - 1));
}

static void praise(const struct exercise *exercise)
{
    printf("\nWell done.");
    if (workbook_has_solution(exercise))
        printf(" Now compare: solutions/%s/README.md says why ours is as it is.", exercise->id);
    printf("\n");
}

static void say_next(const json_t *result)
{
    const struct exercise *next = progress_next();
    const json_t *graded = json_array_get(json_object_get(result, "exercises"), 0);
    bool done = result_exit_status(result) == EXIT_FULL_MARKS;
    if (done)
        praise(workbook_find(json_string_value(json_object_get(graded, "id"))));
    if (next == NULL) {
        printf("All exercises are finished.\n");
        return;
    }
    printf("\n%s", done ? "Next:\n" : "");
    printf("  Read:  lessons/%s/lesson.md   (`make book` makes web pages of the lessons)\n", next->id);
    printf("  Task:  exercises/%s/README.md and %s.h\n", next->id, next->slug);
    printf("  Edit:  exercises/%s/%s.c\n", next->id, next->slug);
    printf("  Stuck: make hint E=%s\n", next->id);
    printf("  Then:  make\n");
}

static json_t *begin_result(const struct order *order)
{
    char why[128];
    const struct result_environment environment = {.usable_cpus = cpus_usable(why),
                                                   .sandbox = sandbox_letter(order->ground.level),
                                                   .sandbox_reason = order->ground.level_reason,
                                                   .seed = order->seed,
                                                   .sanitized = order->ground.sanitized,
                                                   .own_library = order->own_library};
    return result_make(&environment);
}

// The work itself, in a process of its own.
static int grade_all(void *argument)
{
    const struct order *order = argument;
    struct library library = {0};
    json_t *result = begin_result(order);
    struct interim interim = {.outputs = &order->outputs,
                              .finished = result,
                              .submission = order->submission,
                              .exercises = order->exercises};
    interim_begin(&interim);
    if (order->own_library)
        library_make(&order->ground, order->submission, &library);
    while (*interim.exercises != NULL) {
        grade_one(order, &interim, &library, result);
        if (*++interim.exercises != NULL)
            interim_tests(&interim, NULL);
    }
    library_free(&library);
    pictures_write(result);
    outputs_finish(&order->outputs, result, order->failures);
    if (order->say_next)
        say_next(result);
    int status = result_exit_status(result);
    json_decref(result);
    return status;
}

// Or what is left to do if the sandbox is not as it was asked for: all reports say so.
static int refuse_all(void *argument)
{
    const struct order *order = argument;
    char name[WORKBOOK_PATH_SIZE], message[GROUND_REFUSAL_SIZE + 32];
    json_t *result = begin_result(order);
    snprintf(message, sizeof message, "Could not grade: %s.", order->refusal);
    for (char **exercise_name = order->exercises; *exercise_name != NULL; exercise_name++) {
        const struct exercise *exercise = workbook_find(*exercise_name);
        submission_name(order->submission, exercise, name);
        result_add(result, exercise->id, exercise->title, name, "not_graded", message, "", NULL);
    }
    outputs_finish(&order->outputs, result, order->failures);
    json_decref(result);
    return EXIT_NOT_GRADED;
}

static void check_exercises(char **names)
{
    for (char **name = names; *name != NULL; name++) {
        const struct exercise *exercise = workbook_require(*name);
        for (char **other = names; other < name; other++)
            if (workbook_find(*other) == exercise)
                die("%s is named twice", exercise->id);
    }
}

int command_grade(int argc, char **argv)
{
    struct order order = read_options(argc, argv);
    const struct exercise *next = progress_next();
    char *next_only[] = {next == NULL ? NULL : (char *)next->id, NULL};
    order.exercises = optind < argc ? argv + optind : next_only;
    check_exercises(order.exercises);
    if (order.exercises[0] == NULL) {
        printf("All exercises are finished. Name one to grade it again.\n");
        return EXIT_FULL_MARKS;
    }
    if (order.submission != NULL)
        check_submission(order.submission);
    outputs_open(&order.outputs);
    supervise_hold();
    ground_make(&order.ground, order.level);
    bool suffices = ground_suffices(&order.ground, order.required, order.refusal);
    if (!suffices)
        fprintf(stderr, "grade: %s\nbuild/grade doctor says more.\n", order.refusal);
    int status = supervise(suffices ? grade_all : refuse_all, &order);
    ground_remove(&order.ground);
    outputs_close(&order.outputs); // what a killed grading has left there
    return order.exit_zero && status == EXIT_MARKS_LOST ? EXIT_SUCCESS : status;
}
