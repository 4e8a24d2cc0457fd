// Trials of the speed rule: programs whose verdict is known, many times, through the whole grader, while
// other programs want the processors, too.
//
//   usage: build/trials [TRIALS [BURNERS...]] [PROGRAM...]
//
// TRIALS of each program (or of those named), beside that many burners; default: 3, beside 0 and 2.
//
// correct/ must never fail, impostors/ must never pass; exit status 1 if one did, or if more than a
// fiftieth was BUSY. Prints a table: false verdicts, BUSY, and the time of a verdict.
#include "../grade/build.h"
#include "../grade/die.h"
#include "../grade/examine.h"
#include "../grade/gate.h"
#include "../grade/supervise.h"
#include <ctype.h>
#include <dirent.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_DESIGNS = 64, MOST_BURNERS = 8, MOST_CELLS = 8, MOST_VERDICTS = 100000 };

struct design {
    char name[64];
    bool correct;
    bool judged_waiting; // else only its computing counts
    struct ground ground;
    struct build build;
};

// What came of many trials.
struct cell {
    int trials;
    int right;
    int wrong;
    int busy;
    double *seconds; // of each verdict
};

struct trials {
    int count; // of each program beside each number of burners
    int burners[MOST_CELLS];
    int cells;
    char **names;         // of the programs wanted, NULL at the end; all if there is none
    struct ground ground; // of the run: those of the designs lie in it
    struct design designs[MOST_DESIGNS];
    int design_count;
    bool failed;
};

static const struct exercise exercise = {.id = "trials", .slug = "map", .title = "Trials"};

static pid_t burners[MOST_BURNERS];

// Other programs: every second one in a session of its own, as if somebody else had started it, for the
// scheduler shares the processors out among sessions first (sched(7), autogroup); the others in ours.
static void start_burners(int count)
{
    for (int i = 0; i < count && i < MOST_BURNERS; i++) {
        burners[i] = fork();
        if (burners[i] == -1)
            die("cannot start a burner");
        if (burners[i] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (i % 2 == 0)
                setsid();
            for (volatile unsigned long sink = 1;; sink = sink * 3 + 1)
                continue;
        }
    }
}

static void end_burners(int count)
{
    for (int i = 0; i < count && i < MOST_BURNERS; i++) {
        kill(burners[i], SIGKILL);
        waitpid(burners[i], NULL, 0);
    }
}

static bool says(const char *path, const char *text)
{
    char line[256];
    bool found = false;
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        found = found || strstr(line, text) != NULL;
    if (file != NULL)
        fclose(file);
    return found;
}

static void build_design(const struct trials *trials, struct design *design, const char *path)
{
    struct source source = gate_read(workbook_root(), path + strlen(workbook_root()) + 1);
    if (source.text == NULL)
        die("%s: %s", path, source.why);
    ground_make_at(&design->ground, trials->ground.level);
    build_program(&design->ground, &exercise, &source, NULL, &design->build);
    if (design->build.status != BUILD_DONE)
        die("%s: %s", path, design->build.output);
    free(source.text);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct design *)a)->name, ((const struct design *)b)->name);
}

static bool is_wanted(const struct trials *trials, const char *name)
{
    bool all = true;
    for (char **wanted = trials->names; *wanted != NULL; wanted++) {
        if (strcmp(*wanted, name) == 0)
            return true;
        all = false;
    }
    return all;
}

static void find_designs(struct trials *trials, const char *folder, bool correct)
{
    char path[WORKBOOK_PATH_SIZE], source[WORKBOOK_PATH_SIZE];
    struct dirent *entry;
    int first = trials->design_count;
    DIR *directory = opendir(workbook_path(path, "autograder/trials/%s", folder));
    if (directory == NULL)
        die("cannot open %s", path);
    while ((entry = readdir(directory)) != NULL) {
        const char *end = strstr(entry->d_name, ".c");
        struct design *design = &trials->designs[trials->design_count];
        if (end == NULL || end[2] != '\0' || trials->design_count == MOST_DESIGNS)
            continue;
        snprintf(design->name, sizeof design->name, "%.*s", (int)(end - entry->d_name), entry->d_name);
        if (!is_wanted(trials, design->name))
            continue;
        workbook_path(source, "autograder/trials/%s/%s", folder, entry->d_name);
        design->correct = correct;
        design->judged_waiting = correct || says(source, "// judged: computing waiting");
        build_design(trials, design, source);
        trials->design_count++;
    }
    closedir(directory);
    qsort(trials->designs + first, (size_t)(trials->design_count - first), sizeof *trials->designs,
          by_name);
}

static const char *text_of(const json_t *test, const char *key)
{
    const char *text = json_string_value(json_object_get(test, key));
    return text == NULL ? "" : text;
}

static void count_verdict(struct trials *trials, const struct design *design, const json_t *test,
                          struct cell *cell)
{
    const char *status = text_of(test, "status");
    bool passed = strcmp(status, "passed") == 0;
    bool failed = strcmp(status, "failed") == 0;
    if (cell->trials < MOST_VERDICTS)
        cell->seconds[cell->trials] = json_real_value(json_object_get(test, "seconds"));
    cell->trials++;
    if (strcmp(status, "busy") == 0) {
        cell->busy++;
    } else if (design->correct ? passed : failed) {
        cell->right++;
    } else {
        cell->wrong++;
        trials->failed = true;
        char *speed = json_dumps(json_object_get(test, "speed"), JSON_COMPACT);
        printf("WRONG  %s, %s: %s. %s\n%s\n", design->name, text_of(test, "name"), status,
               text_of(test, "message"), speed == NULL ? "" : speed);
        free(speed);
    }
}

static void try_design(struct trials *trials, const struct design *design, struct cell cells[2])
{
    char fault[512];
    size_t index;
    json_t *test;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed = (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
    const struct examining how = {.seed = seed, .jobs = 1};
    json_t *tests = examine(&design->ground, &exercise, design->build.directory, &how, fault);
    if (tests == NULL || fault[0] != '\0')
        die("%s: %s", design->name, fault);
    json_array_foreach (tests, index, test)
        if (index == 0 || design->judged_waiting)
            count_verdict(trials, design, test, &cells[index]);
    json_decref(tests);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(struct cell *cell, double part)
{
    int count = cell->trials < MOST_VERDICTS ? cell->trials : MOST_VERDICTS;
    qsort(cell->seconds, (size_t)count, sizeof *cell->seconds, by_value);
    return count == 0 ? 0 : cell->seconds[(int)(part * (count - 1))];
}

static void print_cell(const char *name, const char *work, int beside, struct cell *cell)
{
    if (cell->trials == 0)
        return;
    printf("%-24s %-10s %7d %7d %6d %6d %8.0f %8.0f\n", name, work, beside, cell->trials, cell->wrong,
           cell->busy, 1000 * quantile(cell, 0.5), 1000 * quantile(cell, 0.95));
    fflush(stdout);
}

static void add(struct cell *sum, const struct cell *cell)
{
    for (int i = 0; i < cell->trials && sum->trials + i < MOST_VERDICTS; i++)
        sum->seconds[sum->trials + i] = cell->seconds[i];
    sum->trials += cell->trials;
    sum->right += cell->right;
    sum->wrong += cell->wrong;
    sum->busy += cell->busy;
}

static struct cell make_cell(void)
{
    struct cell cell = {.seconds = calloc(MOST_VERDICTS, sizeof(double))};
    if (cell.seconds == NULL)
        die("out of memory");
    return cell;
}

// All programs beside one number of burners.
static void try_all(struct trials *trials, int beside)
{
    struct cell sums[2] = {make_cell(), make_cell()}; // impostors, correct programs
    start_burners(beside);
    for (int i = 0; i < trials->design_count; i++) {
        const struct design *design = &trials->designs[i];
        struct cell cells[2] = {make_cell(), make_cell()};
        for (int trial = 0; trial < trials->count; trial++)
            try_design(trials, design, cells);
        for (int work = 0; work < 2; work++) {
            add(&sums[design->correct], &cells[work]);
            print_cell(design->name, work == 0 ? "computing" : "waiting", beside, &cells[work]);
            free(cells[work].seconds);
        }
    }
    end_burners(beside);
    for (int correct = 1; correct >= 0; correct--) {
        struct cell *sum = &sums[correct];
        print_cell(correct ? "ALL CORRECT" : "ALL IMPOSTORS", "", beside, sum);
        trials->failed = trials->failed || sum->busy * 50 > sum->trials + 49;
        free(sum->seconds);
    }
}

static int run(void *argument)
{
    struct trials *trials = argument;
    ground_make(&trials->ground, '\0');
    find_designs(trials, "correct", true);
    find_designs(trials, "impostors", false);
    printf("%-24s %-10s %7s %7s %6s %6s %8s %8s\n", "program", "work", "beside", "trials", "wrong",
           "busy", "median ms", "95 % ms");
    for (int i = 0; i < trials->cells; i++)
        try_all(trials, trials->burners[i]);
    for (int i = 0; i < trials->design_count; i++) {
        build_free(&trials->designs[i].build);
        ground_remove(&trials->designs[i].ground);
    }
    ground_remove(&trials->ground);
    return trials->failed ? EXIT_MARKS_LOST : EXIT_FULL_MARKS;
}

int main(int argc, char **argv)
{
    static struct trials trials = {.count = 3, .burners = {0, 2}, .cells = 2};
    int next = 1;
    if (next < argc && isdigit((unsigned char)argv[next][0]))
        trials.count = atoi(argv[next++]);
    for (int cell = 0; next < argc && isdigit((unsigned char)argv[next][0]) && cell < MOST_CELLS;
         cell++) {
        trials.burners[cell] = atoi(argv[next++]);
        trials.cells = cell + 1;
    }
    trials.names = argv + next;
    if (trials.count < 1)
        die("usage: build/trials [TRIALS [BURNERS...]] [PROGRAM...]");
    return supervise(run, &trials);
}
