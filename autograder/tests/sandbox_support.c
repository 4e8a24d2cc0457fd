// What the tests of the sandbox share.
#include "sandbox_support.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

void sandbox_prepare(void)
{
    folder_make();
    make_folder(in_folder("kit"));
    write_text(in_folder("kit/note"), "from the kit\n");
    copy(in_build("warden"), in_folder("warden"));
    cr_assert(chmod(in_folder("warden"), 0755) == 0, "chmod: %s", strerror(errno));
}

struct sandbox_job job_of(const char *script)
{
    static char warden[PATH_MAX], directory[PATH_MAX];
    static char *arguments[] = {"-c", NULL, NULL};
    snprintf(warden, sizeof warden, "%s", in_folder("warden"));
    snprintf(directory, sizeof directory, "%s", in_folder("kit"));
    arguments[1] = (char *)script;
    struct sandbox_job job = {.warden = warden,
                              .directory = directory,
                              .program = "/bin/sh",
                              .arguments = arguments,
                              .answer_max = 100,
                              .limits = limits_of_a_drive,
                              .show = -1};
    job.limits.stall_ms = 300;
    return job;
}

const struct outcome *outcome_of(enum sandbox_level level, const struct sandbox_job *job)
{
    static struct outcome outcome;
    outcome_free(&outcome);
    sandbox_run(level, job, &outcome);
    cr_assert(outcome.fault[0] == '\0', "the sandbox failed: %s", outcome.fault);
    return &outcome;
}

const struct outcome *shell(enum sandbox_level level, const char *script)
{
    struct sandbox_job job = job_of(script);
    return outcome_of(level, &job);
}

const char *output_of(const struct outcome *outcome)
{
    char *text = capture_text(&outcome->output);
    cr_assert(text != NULL, "out of memory");
    return text;
}

void require_level(enum sandbox_level level)
{
    char why[SANDBOX_WHY_SIZE];
    enum sandbox_level found;
    if (!sandbox_holds(sandbox_letter(level), in_folder("warden"), &found, why) || found != level)
        cr_skip_test("level %c does not hold here: %s", (char)level, why);
}

void expect_exit(const struct outcome *outcome, int status)
{
    int wait_status = outcome->report.wait_status;
    cr_expect(outcome->limit == LIMIT_NONE, "limit %d has ended it", (int)outcome->limit);
    cr_expect(outcome->reported && outcome->report.ended, "its end was not reported");
    cr_expect(WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == status,
              "it ended with wait status %#x, expected exit status %d; it wrote: %s", wait_status, status,
              output_of(outcome));
}

void expect_output(const struct outcome *outcome, const char *expected)
{
    const char *output = output_of(outcome);
    cr_expect(strcmp(output, expected) == 0, "it wrote \"%s\", expected \"%s\"", output, expected);
}

void expect_limit(const struct outcome *outcome, enum limit limit)
{
    cr_expect(outcome->limit == limit,
              "limit %d has ended it, expected %d; wait status %#x; it wrote: %s", (int)outcome->limit,
              (int)limit, outcome->report.wait_status, output_of(outcome));
}

void expect_nothing_left(void)
{
    struct tree tree;
    cr_assert(tree_read(&tree) == 0, "tree_read: %s", strerror(errno));
    cr_expect(tree.count == 0, "%zu processes are left", tree.count);
    tree_free(&tree);
}
