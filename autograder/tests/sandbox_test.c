// What sandbox.h and outcome.h promise of a run: what goes in, what comes out, and what became of it.
// What a program may not do stands in sandbox_limits_test.c.
#include "sandbox_support.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(sandbox, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

AT_EVERY_LEVEL(sandbox, tells_the_exit_status)
{
    expect_exit(shell(level, "exit 0"), 0);
    expect_exit(shell(level, "exit 7"), 7);
}

AT_EVERY_LEVEL(sandbox, tells_the_signal)
{
    const struct outcome *outcome = shell(level, "kill -TERM $$");
    int status = outcome->report.wait_status;
    cr_expect(outcome->report.ended && WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM,
              "it ended with wait status %#x, expected signal %d", status, SIGTERM);
    expect_limit(outcome, LIMIT_NONE);
}

AT_EVERY_LEVEL(sandbox, finds_a_clean_end_clean)
{
    const struct outcome *outcome = shell(level, "/bin/true & wait");
    expect_exit(outcome, 0);
    cr_expect(outcome->report.left_running == 0 && outcome->report.zombies == 0,
              "%d processes and %d zombies are told, but there were none", outcome->report.left_running,
              outcome->report.zombies);
}

AT_EVERY_LEVEL(sandbox, counts_and_ends_what_is_left_running)
{
    const struct outcome *outcome =
        shell(level, "sleep 1000 & sleep 1000 & (setsid sleep 1000 & echo) | read -r gone; exit 0");
    expect_exit(outcome, 0);
    cr_expect(outcome->report.left_running == 3, "%d processes were left running, expected 3",
              outcome->report.left_running);
    expect_nothing_left();
}

// Whoever launched it can be killed. Its limits are far away, so that only its launcher's end ends it.
AT_EVERY_LEVEL(sandbox, does_not_outlive_its_launcher)
{
    char text[5] = "";
    int ends[2];
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    setenv("TMPDIR", in_folder(""), 1);
    prctl(PR_SET_CHILD_SUBREAPER, 1); // orphans are ours
    pid_t launcher = fork();
    if (launcher == 0) {
        struct sandbox_job job = job_of("sleep 1000 & setsid sleep 1000 & echo here; wait");
        job.limits.time_ms = job.limits.stall_ms = 1000000;
        job.show = ends[1];
        outcome_of(level, &job);
        _exit(0);
    }
    close(ends[1]);
    cr_assert(read(ends[0], text, 4) == 4 && strcmp(text, "here") == 0, "it wrote \"%s\"", text);
    cr_assert(kill(launcher, SIGKILL) == 0 && wait_for(launcher) == -SIGKILL);
    while (waitpid(-1, NULL, 0) > 0) // until the last one has ended, or the test's time is over
        ;
    expect_nothing_left();
}

// perl takes the shell's place, looks until the shell's child is a zombie, and never waits for it.
AT_EVERY_LEVEL(sandbox, counts_zombies)
{
    const struct outcome *outcome =
        shell(level, "/bin/true & exec perl -e 'do { open F, \"</proc/$ARGV[0]/stat\"; $stat = <F> } "
                     "until $stat =~ /\\) Z /' $!");
    expect_exit(outcome, 0);
    cr_expect(outcome->report.zombies == 1 && outcome->report.left_running == 0,
              "%d zombies and %d processes are told, expected 1 zombie", outcome->report.zombies,
              outcome->report.left_running);
}

AT_EVERY_LEVEL(sandbox, tells_the_pid_as_the_program_sees_it)
{
    const struct outcome *outcome = shell(level, "echo $$");
    expect_output(outcome, text_of("%d\n", (int)outcome->report.program));
}

AT_EVERY_LEVEL(sandbox, captures_output_and_errors_in_their_order)
{
    expect_output(shell(level, "echo one; echo two >&2; echo three"), "one\ntwo\nthree\n");
}

AT_EVERY_LEVEL(sandbox, shows_the_output_as_it_comes)
{
    struct sandbox_job job = job_of("echo shown");
    int ends[2];
    char text[16] = "";
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    job.show = ends[1];
    expect_output(outcome_of(level, &job), "shown\n");
    close(ends[1]);
    cr_expect(read(ends[0], text, sizeof text - 1) == 6 && strcmp(text, "shown\n") == 0,
              "\"%s\" was shown, expected what it wrote", text);
}

AT_EVERY_LEVEL(sandbox, takes_the_answer_with_all_its_bytes)
{
    const struct outcome *outcome = shell(level, "echo noise; printf 'a\\0b\\n' >&3");
    cr_expect(outcome->answer_size == 4 && memcmp(outcome->answer, "a\0b\n", 5) == 0,
              "the answer has %zu bytes: \"%s\"", outcome->answer_size, outcome->answer);
    expect_output(outcome, "noise\n");
}

AT_EVERY_LEVEL(sandbox, gives_an_empty_answer_if_there_is_none)
{
    const struct outcome *outcome = shell(level, "exit 0");
    cr_expect(outcome->answer_size == 0 && outcome->answer[0] == '\0', "there is an answer: \"%s\"",
              outcome->answer);
}

AT_EVERY_LEVEL(sandbox, cuts_a_longer_answer)
{
    struct sandbox_job job = job_of("head -c 300000 /dev/zero | tr '\\0' x >&3");
    job.answer_max = 5;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 0);
    cr_expect(outcome->answer_size == 5 && strcmp(outcome->answer, "xxxxx") == 0,
              "the answer has %zu bytes, expected 5: \"%s\"", outcome->answer_size, outcome->answer);
}

AT_EVERY_LEVEL(sandbox, delivers_the_input)
{
    static char input[300000];
    struct sandbox_job job = job_of("cat | wc -c; cat | wc -c");
    job.input = input;
    job.input_size = sizeof input;
    expect_output(outcome_of(level, &job), "300000\n0\n"); // and then its end
}

AT_EVERY_LEVEL(sandbox, without_input_is_at_its_end_at_once)
{
    expect_output(shell(level, "cat; echo end"), "end\n");
}

AT_EVERY_LEVEL(sandbox, runs_a_program_of_the_directory)
{
    struct sandbox_job job = job_of("");
    char *arguments[] = {"-n", "two words", "", "*", NULL};
    copy("/usr/bin/printf", in_folder("kit/program"));
    char *const words[] = {"[%s]", arguments[1], arguments[2], arguments[3], NULL};
    job.program = "program";
    job.arguments = words;
    expect_output(outcome_of(level, &job), "[two words][][*]");
    job.arguments = NULL;
    expect_exit(outcome_of(level, &job), 1); // printf without arguments: a usage error
}

AT_EVERY_LEVEL(sandbox, tells_that_there_is_no_such_program)
{
    struct sandbox_job job = job_of("");
    struct outcome outcome;
    job.program = "missing";
    sandbox_run(level, &job, &outcome);
    cr_expect(strstr(outcome.fault, "missing") != NULL && strstr(outcome.fault, strerror(ENOENT)) != NULL,
              "the fault is \"%s\", expected the program's name and \"%s\"", outcome.fault,
              strerror(ENOENT));
    outcome_free(&outcome);
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox, tells_that_there_is_no_warden)
{
    struct sandbox_job job = job_of("exit 0");
    struct outcome outcome;
    job.warden = "/nonexistent/warden";
    sandbox_run(level, &job, &outcome);
    cr_expect(strstr(outcome.fault, "warden") != NULL, "the fault is \"%s\", expected \"warden\" in it",
              outcome.fault);
    outcome_free(&outcome);
}

AT_EVERY_LEVEL(sandbox, gives_the_kit_to_the_program)
{
    expect_output(shell(level, "cat \"$KIT/note\""), "from the kit\n");
}

AT_EVERY_LEVEL(sandbox, has_room_to_write)
{
    expect_output(shell(level, "echo kept >file && cat file"), "kept\n");
}

AT_EVERY_LEVEL(sandbox, gives_a_clean_environment)
{
    setenv("SECRET_OF_THE_GRADER", "x", 1);
    struct sandbox_job job = job_of("");
    job.program = "/usr/bin/env";
    job.arguments = NULL;
    char *output = (char *)output_of(outcome_of(level, &job));
    for (char *line = strtok(output, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        bool known = false;
        static const char *const names[] = {
            "PATH=", "LANG=", "HOME=", "KIT=", "PWD=", "TMPDIR=", "NAMED_FOLDER="};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            known = known || strncmp(line, names[i], strlen(names[i])) == 0;
        cr_expect(known, "the environment has \"%s\"", line);
    }
}

AT_EVERY_LEVEL(sandbox, closes_all_other_descriptors)
{
    cr_assert(dup2(0, 50) == 50 && dup2(0, 100) == 100 && dup2(0, 500) == 500, "dup2: %s",
              strerror(errno)); // not close-on-exec
    expect_output(shell(level, "for n in $(seq 0 1023); do [ -e /proc/self/fd/$n ] && echo $n; done; :"),
                  "0\n1\n2\n3\n");
}

AT_EVERY_LEVEL(sandbox, gives_up_root)
{
    expect_output(shell(level, "[ $(id -u) != 0 ] && [ $(id -g) != 0 ] && echo nobody"), "nobody\n");
    expect_output(shell(level, "grep CapEff /proc/self/status"), "CapEff:\t0000000000000000\n");
}

static void expect_gone(const char *path)
{
    struct stat status;
    cr_expect(lstat(path, &status) == -1 && errno == ENOENT, "%s is left", path);
}

// At level A it has a /dev/shm of its own. Without it we can tell what is its own only if we are root.
AT_EVERY_LEVEL(sandbox, removes_what_is_left_in_dev_shm)
{
    char own[64], foreign[64];
    snprintf(own, sizeof own, "/dev/shm/own-%d", (int)getpid());
    snprintf(foreign, sizeof foreign, "/dev/shm/foreign-%d", (int)getpid());
    if (level != SANDBOX_ISOLATED && geteuid() != 0)
        cr_skip_test("we are not root");
    write_text(foreign, "ours\n");
    expect_exit(shell(level, text_of("echo x >%s && chmod 0 %s", own, own)), 0);
    expect_gone(own);
    if (level != SANDBOX_RESTRICTED) { // which allows files only
        expect_exit(shell(level, text_of("mkdir %s && echo x >%s/in && chmod 0 %s", own, own, own)), 0);
        expect_gone(own);
        expect_exit(shell(level, text_of("ln -s %s %s", foreign, own)), 0);
        expect_gone(own);
    }
    cr_expect(unlink(foreign) == 0, "somebody else's %s was removed", foreign);
}

// What was there before is nobody's to judge, even if it has the same user.
Test(sandbox, leaves_alone_what_was_in_dev_shm_before)
{
    char path[64];
    const uid_t user = 61184 + (uid_t)getpid() % 4096; // as sandbox.c gives them out
    if (geteuid() != 0)
        cr_skip_test("we are not root");
    snprintf(path, sizeof path, "/dev/shm/before-%d", (int)getpid());
    write_text(path, "x");
    cr_assert(chown(path, user, user) == 0, "chown: %s", strerror(errno));
    expect_exit(shell(SANDBOX_BOUNDED, "id -u >/dev/null"), 0);
    cr_expect(unlink(path) == 0, "%s was removed", path);
}
