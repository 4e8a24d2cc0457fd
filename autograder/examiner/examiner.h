// What the tests of an exercise are written with: Criterion tests that start drives of the submission in
// the sandbox and judge what came back. Nothing of the submission is linked here.
//
//   GRADED(process, exit_code_is_the_status, 8, "the exit code is what the function returned")
//   {
//       struct outcome outcome = drive("exit_code", (struct drive){.arguments = "status=7"});
//       expect_answer(&outcome);
//       cr_expect_eq(answered(&outcome, "exit_code"), 7, "process_exit_code() gave ...");
//   }
//
// Use cr_expect and cr_assert with a message always. A message says what happened, what was expected, and
// what to look at. The command that runs the same drive by hand is added by the report.
#pragma once
#include "../sandbox/outcome.h"
#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdint.h>

struct graded {
    int points;
    const char *after; // name of the test in the same suite that must pass first, or NULL
    bool alone;        // it measures time: no other test runs meanwhile
};

// Defines a test worth `points`. It is run only if the test `prerequisite` of the same suite has passed;
// else it is "not reached".
#define GRADED_AFTER(prerequisite, suite, name, points_, description_)                                   \
    static struct graded graded_##suite##_##name = {.points = points_, .after = prerequisite};           \
    Test(suite, name, .description = description_, .data = &graded_##suite##_##name,                     \
         .timeout = EXAMINER_TEST_TIMEOUT)
#define GRADED(suite, name, points_, description_) GRADED_AFTER(NULL, suite, name, points_, description_)

// What is measured for speed: the drive does the measured work of driver/work.h by the learner's module.
enum work { WORK_COMPUTING, WORK_WAITING };
struct speedup {
    const char *drive;
    enum work work;
    int workers; // at most: 2 or 4 for computing, of which 4 are used where 4 processors are; 8 for
                 // waiting
};

// Defines a test of speed, worth `points`, in one line: by the rule of autograder/speed/rule.h, PASS,
// FAIL or BUSY, with a part of the points for a part of the speedup.
//   GRADED_SPEEDUP("maps", pool, map_is_parallel, 20, "map is faster than a loop", .drive = "speed",
//                  .work = WORK_COMPUTING, .workers = 2)
#define GRADED_SPEEDUP(prerequisite, suite, name, points_, description_, ...)                            \
    static struct graded graded_##suite##_##name = {                                                     \
        .points = points_, .after = prerequisite, .alone = true};                                        \
    Test(suite, name, .description = description_, .data = &graded_##suite##_##name,                     \
         .timeout = EXAMINER_TEST_TIMEOUT)                                                               \
    {                                                                                                    \
        expect_speedup(points_, (struct speedup){__VA_ARGS__});                                          \
    }

enum { EXAMINER_TEST_TIMEOUT = 120 }; // seconds; the outer net: a drive has its own, shorter limits

struct drive {
    const char *arguments; // "name=NUMBER name=NUMBER", at most 8 of them; may be NULL
    const void *input;     // bytes that driver_input() gives
    size_t input_size;
    long processes;  // how many it may have at once, if more than usual
    bool find_leaks; // built with sanitizers, it fails for memory that it never freed
};
#define BYTES(array) .input = (array), .input_size = sizeof(array)

// Runs the drive `name` of the submission and waits for its end. What became of it is kept for the
// report. If the sandbox itself fails, the test ends here and is "not graded". The outcome's memory
// stays until the test ends.
struct outcome drive(const char *name, struct drive drive);

// Measures, and fails the test unless the program is fast enough. For GRADED_SPEEDUP().
void expect_speedup(int points, struct speedup speedup);

// Fails the test at once, saying what became of the drive instead, unless it ended by itself and gave
// an answer.
void expect_answer(const struct outcome *outcome);

// Fails the test if more than one answer came: then a child has returned into the drive's code.
void expect_one_answer(const struct outcome *outcome);

// Fails the test unless the drive ended by itself with status 0, gave exactly one answer, and left no
// process and no zombie behind.
void expect_clean(const struct outcome *outcome);

// The number answered as `name`. Fails the test if there is none.
int64_t answered(const struct outcome *outcome, const char *name);

// The name of an errno: "ECHILD".
const char *error_name(int64_t error);

// For a result that the drive answered with answer_result(): "gave 0", or "gave -1 (ECHILD)". Valid until
// the end of the test.
const char *result_text(const struct outcome *outcome, const char *name);

// For such a result: whether it was -1 with this errno.
bool failed_with(const struct outcome *outcome, const char *name, int error);

// How many times `text` stands in the output.
int printed(const struct outcome *outcome, const char *text);

// What became of the drive, as a sentence to the learner: "It was ended by signal 11 (Segmentation
// fault)." Empty if it ended by itself with status 0 and has
// answered. Valid until the next call.
const char *ending(const struct outcome *outcome);

// A random number from `low` to `high`, both included: the same for the same --seed and test.
int64_t random_between(int64_t low, int64_t high);

// A formatted text of up to 255 bytes, for example the arguments of a drive. Valid until seven more texts
// were made, by this function or by result_text().
__attribute__((format(printf, 1, 2))) const char *arguments(const char *format, ...);
