// What sandbox.h and limits.h promise of a program that does not end, takes too much, or attacks.
#include "sandbox_support.h"
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
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

// A port of this machine that accepts connections.
static int open_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int port = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(bind(port, (struct sockaddr *)&address, size) == 0 && listen(port, 4) == 0 &&
                  getsockname(port, (struct sockaddr *)&address, &size) == 0,
              "no port: %s", strerror(errno));
    return ntohs(address.sin_port);
}

static const struct outcome *connect_to(enum sandbox_level level, int port)
{
    return shell(level, text_of("exec bash -c 'exec 5<>/dev/tcp/127.0.0.1/%d'", port));
}

Test(sandbox_limits, isolated_have_no_network)
{
    require_level(SANDBOX_ISOLATED);
    int port = open_port();
    expect_exit(connect_to(SANDBOX_BOUNDED, port), 0); // so the attempt is a real one
    expect_exit(connect_to(SANDBOX_ISOLATED, port), 1);
}

Test(sandbox_limits, isolated_show_no_file_of_ours)
{
    require_level(SANDBOX_ISOLATED);
    write_text(in_folder("secret"), "secret\n");
    expect_exit(shell(SANDBOX_ISOLATED, text_of("cat %s", in_folder("secret"))), 1);
    expect_output(shell(SANDBOX_ISOLATED, "echo /*"),
                  "/bin /dev /kit /lib /lib64 /proc /tmp /usr /warden\n");
}

Test(sandbox_limits, isolated_keep_the_kit_and_the_system_as_they_are)
{
    require_level(SANDBOX_ISOLATED);
    shell(SANDBOX_ISOLATED, "echo x >/kit/note; rm -f /kit/note; echo x >/kit/new; echo x >/new; "
                            "echo x >/warden; echo x >/usr/bin/new; :");
    char *note = read_text(in_folder("kit/note"));
    cr_expect(strcmp(note, "from the kit\n") == 0, "the kit's file is now \"%s\"", note);
    cr_expect(count_names(in_folder("kit")) == 1, "there is a new file in the kit");
    expect_output(shell(SANDBOX_ISOLATED, "(echo x >/new) 2>/dev/null || echo refused"), "refused\n");
    free(note);
}

Test(sandbox_limits, isolated_show_no_process_of_ours)
{
    require_level(SANDBOX_ISOLATED);
    expect_output(shell(SANDBOX_ISOLATED, "cd /proc; for p in [0-9]*; do cat $p/comm; done"),
                  "warden\nsh\n");
}
