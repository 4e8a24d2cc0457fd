// Proves the exercises: every claim by one grading, several at once, and alone where a test measures
// time. The gradings run in child processes, by the workbook's own module.
#include "../../exercises/02-process/process.h"
#include "claim.h"
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "examine.h"
#include "mutant.h"
#include "supervise.h"
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_AT_ONCE = 8 };

struct tally {
    int passed;
    int failed;
    int skipped;
};

struct levels {
    enum sandbox_level holding[3]; // here, the best one first
    size_t count;
};

static int prove(void *argument)
{
    return claim_prove(argument);
}

static int prove_supervised(void *argument)
{
    return supervise(prove, argument);
}

static void finish(struct process **process, struct tally *tally)
{
    if (*process == NULL)
        return;
    if (process_join(*process, -1) == 0 && process_exit_code(*process) == 0)
        tally->passed++;
    else
        tally->failed++;
    process_release(*process);
    *process = NULL;
}

static void finish_all(struct process **running, int slots, struct tally *tally)
{
    for (int i = 0; i < slots; i++)
        finish(&running[i], tally);
}

// A slot where nothing runs; waits for one if there is none.
static struct process **free_slot(struct process **running, int slots, struct tally *tally)
{
    for (;;) {
        for (int i = 0; i < slots; i++) {
            if (running[i] != NULL && !process_is_alive(running[i]))
                finish(&running[i], tally);
            if (running[i] == NULL)
                return &running[i];
        }
        siginfo_t ended;
        if (waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT) == -1 && errno != EINTR)
            die("waitid: %s", strerror(errno));
    }
}

// Finds the levels that hold here. (Before anything else runs: a sandbox must have no siblings.)
static void find_levels(const struct ground *ground, struct levels *levels)
{
    char warden[GROUND_PATH_SIZE], why[SANDBOX_WHY_SIZE];
    levels->count = 0;
    ground_warden(ground, warden);
    for (const char *letter = "ABC"; *letter != '\0'; letter++)
        levels->count += sandbox_holds(*letter, warden, &levels->holding[levels->count], why);
    if (levels->count > 0)
        return;
    ground_remove(ground);
    die("the sandbox holds at no level here: %s", why);
}

// The level of a claim. Returns false if it does not hold here.
static bool find_level(const struct levels *levels, char letter, enum sandbox_level *level)
{
    for (size_t i = 0; i < levels->count; i++) {
        *level = levels->holding[i];
        if (letter == '\0' || letter == sandbox_letter(*level))
            return true;
    }
    return false;
}

// All tests of an exercise; the caller releases them.
static json_t *list_tests(const struct ground *ground, const struct exercise *exercise)
{
    char fault[512];
    json_t *tests = examine(ground, exercise, NULL, &(struct examining){.jobs = 1}, fault);
    if (fault[0] != '\0' || json_array_size(tests) == 0)
        die("cannot list the tests of %s: %s", exercise->id, fault);
    return tests;
}

// "suite::test", in the 256 bytes of `name`.
static const char *full_name(const json_t *test, char *name)
{
    snprintf(name, 256, "%s::%s", json_string_value(json_object_get(test, "suite")),
             json_string_value(json_object_get(test, "name")));
    return name;
}

// Whether its verdict hangs on a test that measures time.
static bool is_timed(const struct claim *claim, const json_t *tests)
{
    size_t index;
    json_t *test;
    char name[256];
    struct mutant mutant = {.killed_by = ""};
    if (claim->kind == CLAIM_STUB || claim->kind == CLAIM_HOSTILE ||
        (claim->kind == CLAIM_MUTANT && !mutant_read(claim->path, &mutant)))
        return false;
    json_array_foreach (tests, index, test)
        if (json_is_true(json_object_get(test, "timed")) &&
            (claim->kind != CLAIM_MUTANT || strcmp(full_name(test, name), mutant.killed_by) == 0))
            return true;
    return false;
}

// Either those that are timed, one by one, or all others.
static void prove_all(struct claim *claims, size_t count, const json_t *tests, bool timed,
                      const struct levels *levels, struct tally *tally)
{
    char why[128];
    struct process *running[MOST_AT_ONCE] = {NULL};
    int slots = timed ? 1 : 2 * cpus_usable(why); // half of its time a grading waits
    slots = slots < MOST_AT_ONCE ? slots : MOST_AT_ONCE;
    for (size_t i = 0; i < count; i++) {
        if (is_timed(&claims[i], tests) != timed)
            continue;
        if (!find_level(levels, claims[i].level, &claims[i].holding)) {
            printf("skipped %s: this level does not work here\n", claims[i].label);
            tally->skipped++;
            continue;
        }
        bool alone = ground_must_be_alone(claims[i].holding);
        if (alone)
            finish_all(running, slots, tally);
        struct process **slot = free_slot(running, slots, tally);
        *slot = process_create(prove_supervised, &claims[i]);
        if (*slot == NULL || process_start(*slot) == -1)
            die("cannot start a grading: %s", strerror(errno));
        if (alone)
            finish(slot, tally);
    }
    finish_all(running, slots, tally);
}

static bool is_needed(const char *test, const struct claim *claims, size_t count)
{
    struct mutant mutant;
    for (size_t i = 0; i < count; i++)
        if (claims[i].kind == CLAIM_MUTANT && mutant_read(claims[i].path, &mutant) &&
            strcmp(mutant.killed_by, test) == 0)
            return true;
    return false;
}

// A test that no mutant needs is suspicious: nobody knows whether it can fail.
static void check_tests(const json_t *tests, const struct exercise *exercise, const struct claim *claims,
                        size_t count, struct tally *tally)
{
    char name[256];
    size_t index;
    json_t *test;
    json_array_foreach (tests, index, test) {
        if (is_needed(full_name(test, name), claims, count)) {
            tally->passed++;
        } else {
            printf("FAILED  %s: no mutant is killed by %s\n", exercise->id, name);
            tally->failed++;
        }
    }
}

// An exercise that nobody has tried to attack is as suspicious.
static void check_attackable(const struct exercise *exercise, struct tally *tally)
{
    char rest[WORKBOOK_PATH_SIZE];
    if (access(workbook_path(rest, HOSTILE_REST, exercise->id), R_OK) == 0) {
        tally->passed++;
    } else {
        printf("FAILED  %s: the attacks need %s (see autograder/README.md)\n", exercise->id, rest);
        tally->failed++;
    }
}

static void check_exercise(const struct ground *ground, const struct levels *levels,
                           const struct exercise *exercise, bool only_hostile, struct tally *tally)
{
    size_t count;
    json_t *tests = list_tests(ground, exercise);
    struct claim *claims = only_hostile ? claims_against(exercise, &count) : claims_of(exercise, &count);
    prove_all(claims, count, tests, false, levels, tally);
    prove_all(claims, count, tests, true, levels, tally);
    check_attackable(exercise, tally);
    if (!only_hostile)
        check_tests(tests, exercise, claims, count, tally);
    free(claims);
    json_decref(tests);
}

static bool is_wanted(const struct exercise *exercise, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (workbook_find(argv[i]) == exercise)
            return true;
    return argc == 1;
}

// Attacks may be there before their exercise is.
static void name_strays(struct tally *tally)
{
    char folder[WORKBOOK_PATH_SIZE];
    struct dirent **entries;
    int count = scandir(workbook_path(folder, "autograder/hostile"), &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (name[0] != '.' && strcmp(name, "attacks") != 0 && workbook_find(name) == NULL) {
            printf("skipped autograder/hostile/%s: there is no such exercise\n", name);
            tally->skipped++;
        }
        free(entries[i]);
    }
    if (count != -1)
        free(entries);
}

int command_check(int argc, char **argv)
{
    size_t count;
    struct ground ground = {0};
    struct tally tally = {0};
    struct levels levels;
    const struct exercise *exercises = workbook_exercises(&count);
    bool only_hostile = argc > 1 && strcmp(argv[1], "--hostile") == 0;
    argc -= only_hostile;
    argv += only_hostile;
    for (int i = 1; i < argc; i++)
        workbook_require(argv[i]);
    ground_make(&ground, '\0');
    find_levels(&ground, &levels);
    for (size_t i = 0; i < count; i++)
        if (is_wanted(&exercises[i], argc, argv))
            check_exercise(&ground, &levels, &exercises[i], only_hostile, &tally);
    ground_remove(&ground);
    name_strays(&tally);
    printf("%d passed, %d failed, %d skipped\n", tally.passed, tally.failed, tally.skipped);
    return tally.failed == 0 ? EXIT_FULL_MARKS : EXIT_MARKS_LOST;
}
