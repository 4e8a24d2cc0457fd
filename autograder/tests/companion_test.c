// A companion in the sandbox: a trusted program that runs beside that of a submission.
#include "sandbox_support.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

TestSuite(companion, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

// Says when it is ready, works until it is told to end, and says what it has seen.
static const char usual[] = "#!/bin/sh\n"
                            "trap 'echo ended; exit' TERM\n"
                            "echo \"address $1\"\n"
                            "while :; do :; done\n";

static struct sandbox_job accompanied(const char *script, const char *companion)
{
    static char path[PATH_MAX];
    struct sandbox_job job = job_of(script);
    snprintf(path, sizeof path, "%s", in_folder("companion"));
    write_text(path, companion);
    cr_assert_eq(chmod(path, 0755), 0);
    job.companion = path;
    return job;
}

AT_EVERY_LEVEL(companion, the_program_finds_its_first_line)
{
    struct sandbox_job job = accompanied("echo \"$COMPANION\"", usual);
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 0);
    expect_output(outcome, "address --companion\n");
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, what_it_tells_at_the_end_comes_back)
{
    struct sandbox_job job = accompanied(":", usual);
    cr_expect_str_eq(outcome_of(level, &job)->companion, "ended\n");
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, without_one_the_program_finds_none)
{
    const struct outcome *outcome = shell(level, "echo \"${COMPANION-none}\"");
    expect_output(outcome, "none\n");
    cr_expect_eq(outcome->companion_size, 0);
}

AT_EVERY_LEVEL(companion, is_not_counted_among_the_processes)
{
    struct sandbox_job job = accompanied(":", usual);
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 0);
    cr_expect_eq(outcome->report.left_running, 0, "the companion was taken for a process that was left");
    cr_expect_leq(outcome->report.most_processes, 1);
}

AT_EVERY_LEVEL(companion, work_of_its_own_keeps_no_stuck_program_alive)
{
    struct sandbox_job job = accompanied("sleep 1000", usual);
    expect_limit(outcome_of(level, &job), LIMIT_STALL);
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, survives_the_program_that_is_ended)
{
    struct sandbox_job job = accompanied("while :; do :; done", usual);
    job.limits.time_ms = 300;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_TIME);
    cr_expect_str_eq(outcome->companion, "ended\n");
    expect_nothing_left();
}

// At level C there is no namespace: there it would find companions of other tests.
Test(companion, no_signal_of_the_program_reaches_it)
{
    require_level(SANDBOX_ISOLATED);
    struct sandbox_job job = accompanied(
        "for entry in /proc/[0-9]*; do\n"
        "  tr '\\0' ' ' <$entry/cmdline 2>/dev/null | grep -q '[/]companion --companion' || continue\n"
        "  echo found\n"
        "  kill -9 ${entry#/proc/} 2>/dev/null && echo killed\n"
        "  kill -9 -- -${entry#/proc/} 2>/dev/null && echo killed the group\n"
        "done\n"
        "kill -9 -1 2>/dev/null && echo killed all\n"
        "echo done",
        usual);
    const struct outcome *outcome = outcome_of(SANDBOX_ISOLATED, &job);
    expect_output(outcome, "found\ndone\n");
    cr_expect_str_eq(outcome->companion, "ended\n", "it did not live until the end: \"%s\"",
                     outcome->companion);
}

AT_EVERY_LEVEL(companion, that_does_not_get_ready_is_a_fault_of_the_sandbox)
{
    struct sandbox_job job = accompanied(":", "#!/bin/sh\nexit 3\n");
    struct outcome outcome;
    sandbox_run(level, &job, &outcome);
    cr_expect_neq(outcome.fault[0], '\0', "the run was not refused");
    outcome_free(&outcome);
    expect_nothing_left();
}
