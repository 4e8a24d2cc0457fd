// Grades a class: a folder of submissions.
#define _GNU_SOURCE // asprintf
#include "../batch/batch.h"
#include "../batch/class.h"
#include "../batch/lock.h"
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "options.h"
#include "supervise.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_WORKERS = 64 };

// Strangers' code is not run where it could read and write what we can: see autograder/README.md.
#define REQUIRED_BY_DEFAULT 'B'

struct order {
    struct batch batch;
    char required; // level of the sandbox
};

static void add_exercise(struct batch *batch, const char *name)
{
    size_t count = 0;
    const struct exercise *exercise = workbook_require(name);
    while (batch->wanted != NULL && batch->wanted[count] != NULL)
        count++;
    batch->wanted = realloc(batch->wanted, (count + 2) * sizeof *batch->wanted);
    if (batch->wanted == NULL)
        die("out of memory");
    batch->wanted[count] = exercise;
    batch->wanted[count + 1] = NULL;
}

static void read_options(int argc, char **argv, struct order *order)
{
    static const struct option options[] = {
        {"exercise", required_argument, NULL, 'e'},
        {"output", required_argument, NULL, 'o'},
        {"jobs", required_argument, NULL, 'j'},
        {"seed", required_argument, NULL, 'n'},
        {"require-sandbox", required_argument, NULL, 'r'},
        {NULL, 0, NULL, 0},
    };
    struct batch *batch = &order->batch;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'e':
            add_exercise(batch, optarg);
            break;
        case 'o':
            batch->output = optarg;
            break;
        case 'j':
            batch->workers = (int)options_number("number of jobs", optarg, 1, MOST_WORKERS);
            break;
        case 'n':
            batch->seed = options_seed(optarg);
            batch->has_seed = true;
            break;
        case 'r':
            order->required = options_level(optarg);
            break;
        default:
            die("see build/grade --help");
        }
    }
    if (argc - optind != 1)
        die("grade batch takes one folder of submissions: see build/grade --help");
    batch->folder = argv[optind];
}

// DIR.graded, beside DIR.
static char *default_output(const char *folder)
{
    char *output;
    char *whole = realpath(folder, NULL);
    if (whole == NULL)
        die("the submissions %s: %s", folder, strerror(errno));
    if (strcmp(whole, "/") == 0 || asprintf(&output, "%s.graded", whole) == -1)
        die("name a folder for the results: --output FOLDER");
    free(whole);
    return output;
}

// Reports replace what is called like them: where no batch has been, that is somebody's own.
static void spare_others_files(const char *folder)
{
    static const char *const reports[] = {"marks.csv", "class.html"};
    char path[WORKBOOK_PATH_SIZE];
    struct stat status;
    if (lstat(batch_gradebook(folder, path), &status) == 0)
        return;
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, reports[i]);
        if (lstat(path, &status) == 0)
            die("%s is there already, and there is no gradebook beside it: name another folder with "
                "--output, or move it away",
                path);
    }
}

static void check_folders(const struct batch *batch)
{
    struct stat status;
    if (stat(batch->folder, &status) == -1 || access(batch->folder, R_OK | X_OK) == -1)
        die("the submissions %s: %s", batch->folder, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        die("the submissions %s: it is not a folder", batch->folder);
    if (mkdir(batch->output, 0700) == -1 && errno != EEXIST) // marks are nobody else's business
        die("cannot make the folder %s: %s", batch->output, strerror(errno));
    if (access(batch->output, R_OK | W_OK | X_OK) == -1)
        die("cannot write to the folder %s: %s", batch->output, strerror(errno));
    spare_others_files(batch->output);
}

static int write_reports(void *argument)
{
    const struct batch *batch = argument;
    char path[WORKBOOK_PATH_SIZE];
    struct gradebook *book = gradebook_open(batch_gradebook(batch->output, path));
    struct class class = class_read(book);
    gradebook_close(book);
    int status = class_write(&class, batch->output);
    if (status == 0)
        printf("%s: marks.csv, class.html, results/, gradebook.db\n", batch->output);
    else
        fprintf(stderr,
                "grade: the reports in %s are not complete. The marks are kept; the same command "
                "writes them.\n",
                batch->output);
    class_free(&class);
    return status == 0 ? EXIT_FULL_MARKS : EXIT_NOT_GRADED;
}

static void choose_workers(struct batch *batch)
{
    char why[128];
    if (batch->workers == 0)
        batch->workers = cpus_usable(why);
    if (ground_must_be_alone(batch->ground.level))
        batch->workers = 1;
}

int command_batch(int argc, char **argv)
{
    struct order order = {.required = REQUIRED_BY_DEFAULT};
    struct batch *batch = &order.batch;
    read_options(argc, argv, &order);
    char *output = batch->output == NULL ? default_output(batch->folder) : strdup(batch->output);
    batch->output = output;
    check_folders(batch);
    char refusal[GROUND_REFUSAL_SIZE];
    lock_folder(batch->output);
    supervise_hold();
    ground_make(&batch->ground, '\0');
    int status = EXIT_NOT_GRADED;
    if (!ground_suffices(&batch->ground, order.required, refusal)) {
        fprintf(stderr, "grade: %s\nbuild/grade doctor says more.\n", refusal);
    } else {
        choose_workers(batch);
        status = supervise(batch_run, batch);
        if (status == EXIT_NOT_GRADED)
            fprintf(stderr, "grade: the batch has not come to its end. What is graded is kept; the same "
                            "command goes on from there.\n");
        int written = supervise(write_reports, batch); // also of what was done before an interrupt
        status = written == EXIT_FULL_MARKS ? status : EXIT_NOT_GRADED;
    }
    ground_remove(&batch->ground);
    free(output);
    free(batch->wanted);
    return status;
}
