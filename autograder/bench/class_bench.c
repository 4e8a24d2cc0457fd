// Grades a class whose verdicts are known, undisturbed, and once more while the command is killed at
// random moments and started again. Every verdict must be the known one, both gradebooks must tell the
// same, nothing may be graded twice, and no process be left.
//
//   usage: class_bench FOLDER [SUBMISSIONS [KILLS [SEED]]]     FOLDER: for all that is made; emptied
//   first exit status: 0, or 1 and a line for each promise that was broken
#include "class_bench.h"
#include "../batch/batch.h"
#include "../batch/class.h"
#include "../grade/die.h"
#include "../sandbox/scratch.h"
#include "class_runs.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

struct bench {
    struct cohort cohort;
    const char *folder;
    char pupils[512], quiet[512], killed[512]; // folders: submissions, and two results
    FILE *figures;                             // what was measured
    int broken;                                // promises
};

__attribute__((format(printf, 2, 3))) static void break_promise(struct bench *bench, const char *format,
                                                                ...)
{
    va_list values;
    va_start(values, format);
    printf("BROKEN  ");
    vprintf(format, values);
    printf("\n");
    va_end(values);
    bench->broken++;
}

__attribute__((format(printf, 2, 3))) static void tell(struct bench *bench, const char *format, ...)
{
    char line[512];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    printf("%s\n", line);
    fflush(stdout);
    fprintf(bench->figures, "%s\n", line);
}

static struct class read_class(const char *output)
{
    char path[WORKBOOK_PATH_SIZE];
    struct gradebook *book = gradebook_open(batch_gradebook(output, path));
    struct class class = class_read(book);
    gradebook_close(book);
    return class;
}

static const struct mark *find_mark(const struct class *class, const struct pupil *pupil)
{
    for (size_t i = 0; i < class->student_count; i++)
        for (size_t j = 0; j < class->exercise_count; j++)
            if (strcmp(class->students[i].name, pupil->name) == 0 &&
                class->exercises[j] == pupil->claim.exercise)
                return &class->students[i].marks[j];
    return NULL;
}

static void check_verdicts(struct bench *bench, const char *output)
{
    char why[8192];
    struct class class = read_class(output);
    for (size_t i = 0; i < bench->cohort.count; i++) {
        const struct pupil *pupil = &bench->cohort.pupils[i];
        const struct mark *mark = find_mark(&class, pupil);
        if (mark == NULL || mark->state != ATTEMPT_GRADED) {
            break_promise(bench, "%s (%s) is not graded", pupil->name, pupil->claim.label);
            continue;
        }
        claim_judge(&pupil->claim, mark->result, why, sizeof why);
        if (why[0] != '\0')
            break_promise(bench, "%s (%s): %s", pupil->name, pupil->claim.label, why);
    }
    class_free(&class);
}

// Stubs and solutions have the same points each time. Of mutants and hostile ones what is known is how
// they fail; whether a race is lost or an order kept may add a point or take one.
static bool may_differ(const struct claim *claim)
{
    return claim->kind == CLAIM_MUTANT || claim->kind == CLAIM_HOSTILE;
}

static void compare(struct bench *bench)
{
    size_t same = 0;
    struct class quiet = read_class(bench->quiet), killed = read_class(bench->killed);
    for (size_t i = 0; i < bench->cohort.count; i++) {
        const struct pupil *pupil = &bench->cohort.pupils[i];
        const struct mark *a = find_mark(&quiet, pupil), *b = find_mark(&killed, pupil);
        int points = a == NULL ? -1 : a->points, again = b == NULL ? -1 : b->points;
        same += points == again;
        if (points != again && may_differ(&pupil->claim))
            tell(bench, "  by luck %d points undisturbed and %d with kills: %s", points, again,
                 pupil->claim.label);
        else if (points != again)
            break_promise(bench, "%s (%s): %d points undisturbed, %d with kills", pupil->name,
                          pupil->claim.label, points, again);
    }
    tell(bench, "the same points undisturbed and with kills: %zu of %zu", same, bench->cohort.count);
    class_free(&quiet);
    class_free(&killed);
}

static struct ran run(struct bench *bench, const char *output, long kill_ms)
{
    struct ran ran = run_batch(&(struct run){
        .folder = bench->pupils, .output = output, .level = bench->cohort.level, .kill_ms = kill_ms});
    if (ran.left > 0)
        break_promise(bench, "%zu processes are left", ran.left);
    // Of a class with rubbish in it not everything can be read, which is status 1.
    if (!WIFSIGNALED(ran.status) && WEXITSTATUS(ran.status) != BATCH_INCOMPLETE)
        break_promise(bench, "the command ended with status %d: see %s.log", WEXITSTATUS(ran.status),
                      output);
    return ran;
}

static double run_quietly(struct bench *bench)
{
    size_t count = bench->cohort.count;
    struct ran ran = run(bench, bench->quiet, 0);
    double submissions = run_submissions_cpu(bench->quiet);
    check_verdicts(bench, bench->quiet);
    tell(bench, "%zu submissions in %.1f s: %.0f a minute", count, ran.seconds,
         60 * (double)count / ran.seconds);
    tell(
        bench,
        "processor time: %.1f s, of it %.1f s by compilers and drives; the grader's own share is %.0f %%",
        ran.cpu_seconds, submissions, 100 * (1 - submissions / ran.cpu_seconds));
    struct ran again = run(bench, bench->quiet, 0);
    tell(bench, "once more, with nothing new: %.2f s", again.seconds);
    return ran.seconds;
}

// Kills one run. Returns what is done now; `before` was done before, and is freed.
static struct done *kill_one(struct bench *bench, long kill_ms, struct done *before)
{
    struct ran ran = run(bench, bench->killed, kill_ms);
    struct done *after = done_read(bench->killed);
    if (!done_holds(after, before))
        break_promise(bench, "of what was graded a kill has lost or changed something");
    tell(bench, "killed after %.2f s: %zu graded, %zu processes left%s", (double)kill_ms / 1000,
         done_count(after), ran.left, WIFSIGNALED(ran.status) ? "" : " (it had ended before)");
    done_free(before);
    return after;
}

static void run_with_kills(struct bench *bench, int kills, double seconds)
{
    // Each somewhere in the middle of its part of the time that the whole takes, so that all find
    // something to end.
    long part = (long)(seconds * 1000 / kills) + 10;
    struct done *before = done_read(bench->killed);
    for (int i = 0; i < kills; i++)
        before = kill_one(bench, part / 5 + (long)cohort_below(&bench->cohort, (uint64_t)part * 3 / 5),
                          before);
    struct ran ran = run(bench, bench->killed, 0);
    struct done *all = done_read(bench->killed);
    tell(bench, "then to its end: %.1f s, %zu graded", ran.seconds, done_count(all));
    if (done_count(all) != bench->cohort.count)
        break_promise(bench, "%zu are graded of %zu", done_count(all), bench->cohort.count);
    if (!done_holds(all, before))
        break_promise(bench, "of what was graded before the last kill something has changed");
    done_free(before);
    done_free(all);
    check_verdicts(bench, bench->killed);
    compare(bench);
}

// Nothing may stay in the temporary directory, also of the runs that were killed: the next one tidies up.
static void check_left_files(struct bench *bench, const char *directory)
{
    struct dirent **entries;
    int count = scandir(directory, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.')
            break_promise(bench, "%s/%s is left", directory, entries[i]->d_name);
        free(entries[i]);
    }
    if (count != -1)
        free(entries);
}

static void prepare(struct bench *bench, const char *folder, char *temporary)
{
    char path[512];
    struct ground ground = {0};
    struct stat status;
    if (stat(folder, &status) == 0 && scratch_remove(folder) == -1)
        die("cannot empty %s", folder);
    if (mkdir(folder, 0755) == -1)
        die("mkdir %s: %s", folder, strerror(errno));
    snprintf(bench->pupils, sizeof bench->pupils, "%s/submissions", folder);
    snprintf(bench->quiet, sizeof bench->quiet, "%s/graded", folder);
    snprintf(bench->killed, sizeof bench->killed, "%s/killed", folder);
    snprintf(path, sizeof path, "%s/figures.txt", folder);
    bench->figures = fopen(path, "we");
    if (bench->figures == NULL)
        die("cannot write %s: %s", path, strerror(errno));
    if (scratch_make(temporary) == -1)
        die("cannot make a temporary directory: %s", strerror(errno));
    setenv("TMPDIR", temporary, 1);
    ground_make(&ground, '\0');
    bench->cohort.level = sandbox_letter(ground.level);
    ground_remove(&ground);
}

static long argument(int argc, char **argv, int place, long otherwise)
{
    return argc > place ? strtol(argv[place], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    static const char *const exercises[] = {"02-process", "05-channel", NULL};
    char temporary[SCRATCH_PATH_SIZE];
    struct bench bench = {0};
    long count = argument(argc, argv, 2, 100), kills = argument(argc, argv, 3, 3);
    long seed = argument(argc, argv, 4, (long)(time(NULL) % 1000000));
    if (argc < 2 || argc > 5 || count < 1 || kills < 0 || seed < 0)
        die("usage: class_bench FOLDER [SUBMISSIONS [KILLS [SEED]]]");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prepare(&bench, argv[1], temporary);
    bench.cohort.random = (uint64_t)seed;
    cohort_make(&bench.cohort, exercises, (size_t)count, bench.pupils);
    tell(&bench, "a class of %ld submissions, seed %ld, sandbox %c", count, seed, bench.cohort.level);
    double seconds = run_quietly(&bench);
    if (kills > 0)
        run_with_kills(&bench, (int)kills, seconds);
    check_left_files(&bench, temporary);
    scratch_remove(temporary);
    if (bench.broken == 0)
        tell(&bench, "every verdict is the known one, nothing is lost, nothing is left");
    else
        tell(&bench, "%d promises are broken", bench.broken);
    cohort_free(&bench.cohort);
    fclose(bench.figures);
    return bench.broken == 0 ? 0 : 1;
}
