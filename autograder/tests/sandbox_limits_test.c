// What sandbox.h and limits.h promise of a program that does not end, takes too much, or attacks.
#include "sandbox_support.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(sandbox_limits, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

static void expect_signal(const struct outcome *outcome, int number)
{
    int status = outcome->report.wait_status;
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == number,
              "it ended with wait status %#x, expected signal %d (%s)", status, number,
              strsignal(number));
}

static void expect_waiting(const struct outcome *outcome, const char *expected)
{
    cr_expect(strcmp(outcome->report.waiting, expected) == 0,
              "it was waiting for \"%s\", expected \"%s\"", outcome->report.waiting, expected);
}

AT_EVERY_LEVEL(sandbox_limits, end_a_program_that_sleeps_for_ever)
{
    const struct outcome *outcome = shell(level, "exec sleep 1000");
    expect_limit(outcome, LIMIT_STALL);
    expect_waiting(outcome, "the program waits in sleep");
    cr_expect(!outcome->report.ended, "it is said to have ended by itself");
    cr_expect(!outcome->report.stopped, "it is said to have been stopped");
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox_limits, tell_what_a_parent_and_its_child_wait_for)
{
    const struct outcome *outcome = shell(level, "(sleep 1000; :) | cat; :");
    expect_limit(outcome, LIMIT_STALL);
    expect_waiting(outcome,
                   "the program waits in waitpid; 1 other process waits in read; 1 other process "
                   "waits in waitpid; 1 other process waits in sleep");
}

AT_EVERY_LEVEL(sandbox_limits, end_a_program_that_stopped_itself)
{
    const struct outcome *outcome = shell(level, "kill -STOP $$");
    expect_limit(outcome, LIMIT_STALL);
    cr_expect(outcome->report.stopped, "it is not said that it was stopped");
}

AT_EVERY_LEVEL(sandbox_limits, take_no_busy_program_for_a_stuck_one)
{
    struct sandbox_job job = job_of("while :; do :; done");
    job.limits.time_ms = 700; // more than twice what counts as stuck
    expect_limit(outcome_of(level, &job), LIMIT_TIME);
}

AT_EVERY_LEVEL(sandbox_limits, tell_that_a_child_runs_for_which_its_parent_waits)
{
    struct sandbox_job job = job_of("(while :; do :; done); :");
    job.limits.time_ms = 700;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_TIME);
    expect_waiting(outcome, "the program waits in waitpid; 1 other process runs");
}

AT_EVERY_LEVEL(sandbox_limits, end_a_program_that_ignores_signals_when_its_time_is_over)
{
    struct sandbox_job job = job_of("trap '' TERM INT HUP QUIT; while :; do :; done");
    job.limits.time_ms = 200;
    expect_limit(outcome_of(level, &job), LIMIT_TIME);
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_processor_time)
{
    struct sandbox_job job = job_of("while :; do :; done");
    job.limits.cpu_seconds = 1;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_NONE);
    expect_signal(outcome, SIGXCPU);
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_processes)
{
    struct sandbox_job job = job_of("for i in 1 2 3 4 5 6; do sleep 1000 & done; wait");
    job.limits.processes = 4;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_PROCESSES);
    cr_expect(outcome->report.most_processes > 4, "at most %d processes were seen",
              outcome->report.most_processes);
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox_limits, let_a_program_have_as_many_processes_as_allowed)
{
    struct sandbox_job job = job_of("sleep 1000 & sleep 1000 & wait");
    job.limits.processes = 3;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_STALL);
    cr_expect(outcome->report.most_processes == 3, "at most %d processes were seen, expected 3",
              outcome->report.most_processes);
}

// Runs a script at level C from a process of its own, which ends with 0 if the script does.
static pid_t run_apart(const char *script, long processes)
{
    struct sandbox_job job = job_of(script);
    struct outcome outcome;
    job.limits.processes = processes;
    job.limits.stall_ms = 5000; // the two wait for each other
    pid_t pid = fork();
    if (pid == 0) {
        sandbox_run(SANDBOX_BOUNDED, &job, &outcome);
        bool clean = outcome.fault[0] == '\0' && outcome.report.ended && outcome.report.wait_status == 0;
        _exit(clean ? 0 : 1);
    }
    cr_assert(pid > 0, "fork: %s", strerror(errno));
    return pid;
}

// The kernel counts the processes of a user (RLIMIT_NPROC), and two sandboxes may run as the same one.
Test(sandbox_limits, bounded_count_no_processes_of_others)
{
    static const char *const fifos[] = {"kit/here", "kit/go", "kit/done"};
    for (size_t i = 0; i < sizeof fifos / sizeof *fifos; i++)
        cr_assert(mkfifo(in_folder(fifos[i]), 0) == 0 && chmod(in_folder(fifos[i]), 0666) == 0,
                  "mkfifo: %s", strerror(errno));
    pid_t first =
        run_apart("echo >$KIT/here; read -r line <$KIT/go; /bin/true & wait; echo >$KIT/done", 10);
    pid_t second = run_apart("read -r line <$KIT/here; for i in $(seq 50); do sleep 1000 & done; "
                             "echo >$KIT/go; read -r line <$KIT/done; exit 0",
                             60);
    cr_expect(wait_for(first) == 0, "it could not start 1 process, because another sandbox ran 50");
    cr_expect(wait_for(second) == 0, "the other sandbox could not run its 50 processes");
}

AT_EVERY_LEVEL(sandbox_limits, stop_a_fork_bomb)
{
    struct sandbox_job job = job_of("bomb() { bomb | bomb & }; bomb 2>/dev/null; wait; exec sleep 1000");
    job.limits.processes = 16;
    expect_limit(outcome_of(level, &job), LIMIT_PROCESSES);
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_memory_of_a_process)
{
    struct sandbox_job job = job_of("head -c 100000000 /dev/zero | tail");
    job.limits.memory_mib = 50;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 1);
    cr_expect(strstr(output_of(outcome), "memory exhausted") != NULL, "tail says: %s",
              output_of(outcome));
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_memory_of_all_processes)
{
    struct sandbox_job job = job_of("(head -c 50000000 /dev/zero; sleep 1000) | tail");
    job.limits.tree_mib = 30;
    expect_limit(outcome_of(level, &job), LIMIT_MEMORY);
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_output)
{
    const struct outcome *outcome = shell(level, "exec yes");
    expect_limit(outcome, LIMIT_OUTPUT);
    cr_expect(strncmp(outcome->output.head, "y\ny\n", 4) == 0, "the head of the output is lost");
    expect_nothing_left();
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_files)
{
    struct sandbox_job job = job_of("exec head -c 2000000 /dev/zero >file");
    job.limits.file_mib = 1;
    expect_signal(outcome_of(level, &job), SIGXFSZ);
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_all_files_together)
{
    struct sandbox_job job =
        job_of("mkdir a a/b; for n in 1 2 3 4 5; do head -c 1000000 /dev/zero >a/b/$n; "
               "done; exec sleep 1000");
    job.limits.files_mib = 3;
    job.limits.stall_ms = 10000;
    expect_limit(outcome_of(level, &job), LIMIT_FILES);
    job.limits.files_mib = 6;
    job.limits.stall_ms = 300;
    expect_limit(outcome_of(level, &job), LIMIT_STALL);
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_shared_memory_with_a_name)
{
    struct sandbox_job job = job_of("for n in 1 2 3 4 5; do head -c 1000000 /dev/zero >/dev/shm/$$.$n; "
                                    "done; exec sleep 1000");
    if (level != SANDBOX_ISOLATED && geteuid() != 0)
        cr_skip_test("we are not root");
    job.limits.files_mib = 3;
    job.limits.stall_ms = 10000;
    expect_limit(outcome_of(level, &job), LIMIT_FILES);
}

AT_EVERY_LEVEL(sandbox_limits, leave_no_file)
{
    const char *temporary = text_of("%s", in_folder("temporary"));
    make_folder(temporary);
    setenv("TMPDIR", temporary, 1);
    shell(level, "mkdir -p 'a b/c' \"$(printf 'x\\n')\" && echo x >'a b/c/-rf' && ln -s / root && "
                 "mkfifo fifo && chmod 0 'a b/c' 'a b' fifo; echo x >$HOME/home; chmod 0 .");
    cr_expect(count_names(in_folder("temporary")) == 0, "something is left in %s",
              in_folder("temporary"));
}

AT_EVERY_LEVEL(sandbox_limits, hold_for_descriptors)
{
    struct sandbox_job job = job_of("ulimit -n; ulimit -H -n; ulimit -c");
    job.limits.descriptors = 30;
    expect_output(outcome_of(level, &job), "30\n30\n0\n");
}

AT_EVERY_LEVEL(sandbox_limits, protect_the_warden)
{
    const struct outcome *outcome = shell(
        level,
        "setsid sleep 1000 & kill -KILL $PPID; kill -STOP $PPID; prlimit --nofile=0 --pid $PPID; exit 5");
    expect_exit(outcome, 5);
    cr_expect(outcome->report.left_running == 1,
              "%d processes were seen at the end, expected the one that was left",
              outcome->report.left_running);
    expect_nothing_left();
}

Test(sandbox_limits, isolated_protect_the_warden_from_everybody)
{
    require_level(SANDBOX_ISOLATED);
    expect_exit(shell(SANDBOX_ISOLATED, "trap '' INT; kill -INT -1; kill -KILL 1; exit 5"), 5);
}
