// What the tests of the sandbox share: programs written as lines of sh(1), run at a level.
#pragma once
#include "../sandbox/sandbox.h"
#include "../sandbox/tree.h"
#include "support.h"
#include <criterion/criterion.h>

// For TestSuite(): a folder of the test's own, as the directory that the program sees ("kit" in it, with
// the file "note"), and the warden where other users can run it.
void sandbox_prepare(void);

// The job that runs `script`, under limits that are short enough for a test.
struct sandbox_job job_of(const char *script);

// Runs it. The outcome stays valid until the test ends; a fault of the sandbox ends the test.
const struct outcome *outcome_of(enum sandbox_level level, const struct sandbox_job *job);
const struct outcome *shell(enum sandbox_level level, const char *script);

// What it wrote.
const char *output_of(const struct outcome *outcome);

// Skips the test where this level does not hold.
void require_level(enum sandbox_level level);

void expect_exit(const struct outcome *outcome, int status);
void expect_output(const struct outcome *outcome, const char *expected);
void expect_limit(const struct outcome *outcome, enum limit limit);

// Expects that no process is left below this one, not even a zombie.
void expect_nothing_left(void);

// A test that holds at every level; `level` is its parameter.
#define AT_EVERY_LEVEL(suite, name)                                                                      \
    static void name(enum sandbox_level level);                                                          \
    AT_LEVEL_(suite, isolated_##name, name, SANDBOX_ISOLATED)                                            \
    AT_LEVEL_(suite, restricted_##name, name, SANDBOX_RESTRICTED)                                        \
    AT_LEVEL_(suite, bounded_##name, name, SANDBOX_BOUNDED)                                              \
    static void name(enum sandbox_level level)

// The same for what level C does not hold.
#define AT_LEVELS_A_AND_B(suite, name)                                                                   \
    static void name(enum sandbox_level level);                                                          \
    AT_LEVEL_(suite, isolated_##name, name, SANDBOX_ISOLATED)                                            \
    AT_LEVEL_(suite, restricted_##name, name, SANDBOX_RESTRICTED)                                        \
    static void name(enum sandbox_level level)

#define AT_LEVEL_(suite, test, name, level)                                                              \
    Test(suite, test)                                                                                    \
    {                                                                                                    \
        require_level(level);                                                                            \
        name(level);                                                                                     \
    }
