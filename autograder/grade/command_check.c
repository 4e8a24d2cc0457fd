// Proves the exercises: every claim by one grading, as many at once as there are usable CPUs. The
// gradings run in child processes, by the workbook's own module.
#include "../../exercises/02-process/process.h"
#include "claim.h"
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "examine.h"
#include "mutant.h"
#include "supervise.h"
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_AT_ONCE = 8 };

struct tally {
    int passed;
    int failed;
    int skipped;
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

// At level C the processes of all gradings of one user count together: there a fork bomb could take them
// all from its neighbour. (Root gives each grading a user of its own.)
static bool needs_to_be_alone(const struct claim *claim, enum sandbox_level best)
{
    char level = claim->level != '\0' ? claim->level : (char)best;
    return level == SANDBOX_BOUNDED && geteuid() != 0;
}

static void prove_all(struct claim *claims, size_t count, enum sandbox_level best, struct tally *tally)
{
    char why[128];
    struct process *running[MOST_AT_ONCE] = {NULL};
    int slots = cpus_usable(why);
    slots = slots < MOST_AT_ONCE ? slots : MOST_AT_ONCE;
    for (size_t i = 0; i < count; i++) {
        if (claims[i].level == SANDBOX_ISOLATED && best != SANDBOX_ISOLATED) {
            printf("skipped %s: this level does not work here\n", claims[i].label);
            tally->skipped++;
            continue;
        }
        struct process **slot = &running[i % (size_t)slots];
        bool alone = needs_to_be_alone(&claims[i], best);
        if (alone)
            finish_all(running, slots, tally);
        finish(slot, tally);
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
static void check_tests(const struct ground *ground, const struct exercise *exercise,
                        const struct claim *claims, size_t count, struct tally *tally)
{
    char name[256], fault[512];
    size_t index;
    json_t *test;
    json_t *tests = examine(ground, exercise, NULL, 1, 1, fault);
    if (fault[0] != '\0' || json_array_size(tests) == 0)
        die("cannot list the tests of %s: %s", exercise->id, fault);
    json_array_foreach (tests, index, test) {
        snprintf(name, sizeof name, "%s::%s", json_string_value(json_object_get(test, "suite")),
                 json_string_value(json_object_get(test, "name")));
        if (is_needed(name, claims, count)) {
            tally->passed++;
        } else {
            printf("FAILED  %s: no mutant is killed by %s\n", exercise->id, name);
            tally->failed++;
        }
    }
    json_decref(tests);
}

static void check_exercise(const struct ground *ground, const struct exercise *exercise,
                           struct tally *tally)
{
    size_t count;
    struct claim *claims = claims_of(exercise, &count);
    prove_all(claims, count, ground->level, tally);
    check_tests(ground, exercise, claims, count, tally);
    free(claims);
}

static bool is_wanted(const struct exercise *exercise, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (workbook_find(argv[i]) == exercise)
            return true;
    return argc == 1;
}

int command_check(int argc, char **argv)
{
    size_t count;
    char why[256];
    struct ground ground = {0};
    struct tally tally = {0};
    const struct exercise *exercises = workbook_exercises(&count);
    for (int i = 1; i < argc; i++)
        workbook_require(argv[i]);
    ground_make(&ground, '\0', why);
    for (size_t i = 0; i < count; i++)
        if (is_wanted(&exercises[i], argc, argv))
            check_exercise(&ground, &exercises[i], &tally);
    ground_remove(&ground);
    printf("%d passed, %d failed, %d skipped\n", tally.passed, tally.failed, tally.skipped);
    return tally.failed == 0 ? EXIT_FULL_MARKS : EXIT_MARKS_LOST;
}
