// What process.h promises, sentence by sentence.
#include "examiner.h"
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

// "7", or "PROCESS_NO_EXIT_CODE".
static const char *code_text(int64_t code)
{
    static char texts[4][32];
    static int next;
    char *text = texts[next++ % 4];
    if (code == PROCESS_NO_EXIT_CODE)
        snprintf(text, sizeof texts[0], "PROCESS_NO_EXIT_CODE");
    else
        snprintf(text, sizeof texts[0], "%d", (int)code);
    return text;
}

static void expect_code(const struct outcome *outcome, const char *name, int expected, const char *hint)
{
    int64_t code = answered(outcome, name);
    cr_expect(code == expected, "process_exit_code() gave %s, expected %s. %s", code_text(code),
              code_text(expected), hint);
}

GRADED(process, first_child_runs, 10, "a child is started and runs the function with its argument")
{
    int argument = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("first_child", (struct drive){.arguments = arguments("argument=%d", argument)});
    expect_answer(&outcome);
    cr_assert(
        answered(&outcome, "create") == 0,
        "process_create(function, argument) gave NULL (%s), expected a handle. Start here: allocate a "
        "struct process and keep the function and the argument in it.",
        error_name(answered(&outcome, "create_errno")));
    cr_assert(answered(&outcome, "start") == 0,
              "process_start() %s, expected 0. It starts the child with fork().",
              result_text(&outcome, "start"));
    cr_assert(answered(&outcome, "pid") > 0,
              "process_start() gave 0, and process_pid() then gave %d. In the parent fork() gives the "
              "child's pid: "
              "keep it in the struct, and let process_pid() return it.",
              (int)answered(&outcome, "pid"));
    cr_assert(answered(&outcome, "child_signal") == 0,
              "The child was ended by signal %d (%s) while it should run the function. Does it call "
              "function(argument) with what process_create() was given?",
              (int)answered(&outcome, "child_signal"),
              strsignal((int)answered(&outcome, "child_signal")));
    cr_assert(
        answered(&outcome, "calls") > 0,
        "The function was not called. In the child, where fork() gives 0, call function(argument).");
    cr_expect(
        answered(&outcome, "seen_pid") != answered(&outcome, "parent"),
        "The function ran in the parent itself (pid %d). It must run in the child, where fork() gives 0.",
        (int)answered(&outcome, "parent"));
    cr_expect(answered(&outcome, "pid") == answered(&outcome, "seen_pid"),
              "process_pid() gave %d, but the child has pid %d. In the parent, fork() gives the child's "
              "pid: keep it.",
              (int)answered(&outcome, "pid"), (int)answered(&outcome, "seen_pid"));
    cr_expect(answered(&outcome, "seen_argument") == argument,
              "The function was called with another argument than the one given to process_create().");
}

// The first four tests build on each other; all others need them.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, process, name, points, description)
#define AFTER_JOIN(name, points, description) AFTER("join_waits", name, points, description)

AFTER("first_child_runs", child_never_returns, 7,
      "the child runs its function and never returns into the caller's code")
{
    struct outcome outcome = drive("own_code", (struct drive){0});
    expect_answer(&outcome);
    expect_one_answer(&outcome);
    cr_expect(answered(&outcome, "calls") == 1, "The function was called %d times, expected once.",
              (int)answered(&outcome, "calls"));
}

AFTER("child_never_returns", children_run_at_once, 9,
      "process_start() returns at once: two children run at the same time")
{
    struct outcome outcome = drive("meeting", (struct drive){0});
    cr_assert(
        outcome.limit != LIMIT_STALL,
        "Each of two children waited for the other, and they never met. process_start() must return "
        "as soon as the child is started; waiting is the task of process_join(). %s",
        ending(&outcome));
    expect_answer(&outcome);
    cr_expect(answered(&outcome, "arrived") == 2, "%d of 2 children came to the meeting.",
              (int)answered(&outcome, "arrived"));
}

AFTER("children_run_at_once", join_waits, 7,
      "process_join() with a negative timeout waits until the child has ended")
{
    int timeout = (int)random_between(-1000, -1);
    struct outcome outcome =
        drive("join_waits", (struct drive){.arguments = arguments("timeout=%d", timeout)});
    expect_answer(&outcome);
    cr_expect(answered(&outcome, "join") == 0, "process_join(process, %d) %s, expected 0.%s", timeout,
              result_text(&outcome, "join"),
              failed_with(&outcome, "join", ECHILD) ? " Does your code wait twice, or ignore SIGCHLD?"
                                                    : "");
    cr_assert(
        answered(&outcome, "reaped") == 1,
        "When process_join(process, %d) returned, the child was still there: running, or a zombie. It "
        "has to wait with waitpid(), which also takes the child's status.",
        timeout);
    cr_expect(answered(&outcome, "same_pid"),
              "process_pid() gave another pid after the join; it stays the same.");
    expect_clean(&outcome);
}

AFTER_JOIN(exit_handlers_run_once, 3, "the parent's exit handlers are not run by the child")
{
    struct outcome outcome = drive("exit_handler", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(
        printed(&outcome, "the exit handler ran") == 1,
        "A handler that the parent had registered with atexit() ran %d times, expected once: in the "
        "parent. exit() runs such handlers; _exit() does not.",
        printed(&outcome, "the exit handler ran"));
}

AFTER_JOIN(exit_code_is_the_status, 6, "the exit code is the function's result & 0xff")
{
    const int results[] = {0, 1, (int)random_between(2, 254), 255, 256 + (int)random_between(1, 99), -1};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        struct outcome outcome =
            drive("exit_status", (struct drive){.arguments = arguments("status=%d", results[i])});
        expect_clean(&outcome);
        int64_t code = answered(&outcome, "exit_code");
        cr_assert(code == (results[i] & 0xff),
                  "The function returned %d and process_exit_code() gave %s, expected %d. What waitpid() "
                  "gives is not the exit code yet: see WIFEXITED and WEXITSTATUS in waitpid(2).",
                  results[i], code_text(code), results[i] & 0xff);
    }
}

AFTER_JOIN(exit_code_of_a_signal_is_negative, 5,
           "the exit code of a child that a signal killed is minus its number")
{
    const int signals[] = {SIGKILL, SIGTERM, SIGABRT, SIGUSR1};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct outcome outcome =
            drive("signal_ends_child", (struct drive){.arguments = arguments("signal=%d", signals[i])});
        expect_clean(&outcome);
        int64_t code = answered(&outcome, "exit_code");
        cr_assert(
            code == -signals[i],
            "The child raised signal %d and process_exit_code() gave %s, expected %d. See WIFSIGNALED "
            "and WTERMSIG in waitpid(2).",
            signals[i], code_text(code), -signals[i]);
    }
}

AFTER_JOIN(alive_until_the_end, 6, "a child is alive, and has no exit code, from its start until its end")
{
    struct outcome outcome = drive("life", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "pid_before") == 0,
              "process_pid() gave %d before the start, expected 0.",
              (int)answered(&outcome, "pid_before"));
    cr_expect(!answered(&outcome, "alive_before"), "process_is_alive() gave true before the start.");
    expect_code(&outcome, "code_before", PROCESS_NO_EXIT_CODE, "The child was not started yet.");
    cr_expect(answered(&outcome, "alive_during"),
              "process_is_alive() gave false while the child was running.");
    expect_code(&outcome, "code_during", PROCESS_NO_EXIT_CODE, "The child was still running.");
    cr_expect(!answered(&outcome, "alive_after"),
              "process_is_alive() gave true after the child had ended (nobody had joined it). Ask with "
              "waitpid() and WNOHANG.");
    expect_code(&outcome, "code_after", 5,
                "The child had returned 5, but nobody had joined it. Ask with waitpid() and WNOHANG, and "
                "keep the status.");
    cr_expect(answered(&outcome, "join") == 0, "process_join() %s afterwards, expected 0.",
              result_text(&outcome, "join"));
}

AFTER_JOIN(join_times_out, 7,
           "process_join() with a timeout waits that long and no longer, and ends with the child")
{
    struct outcome outcome = drive("timeout", (struct drive){0});
    cr_assert(outcome.limit == LIMIT_NONE,
              "A join with a timeout did not come back. %s With a timeout of 0 or 7 ms it must give up "
              "on a child "
              "that runs on, and with a timeout of an hour it must return as soon as the child ends.",
              ending(&outcome));
    expect_clean(&outcome);
    cr_expect(failed_with(&outcome, "look", ETIMEDOUT),
              "process_join(process, 0) %s while the child was running, expected -1 (%s).",
              result_text(&outcome, "look"), error_name(ETIMEDOUT));
    cr_expect(failed_with(&outcome, "short", ETIMEDOUT),
              "process_join(process, 7) %s while the child was running, expected -1 (ETIMEDOUT).",
              result_text(&outcome, "short"));
    cr_expect(answered(&outcome, "shortest_us") >= 7000,
              "Of ten calls of process_join(process, 7) one gave up after %d microseconds, expected 7 "
              "milliseconds "
              "or more. Is the clock rounded down to milliseconds somewhere? Then wait for one more.",
              (int)answered(&outcome, "shortest_us"));
    cr_expect(failed_with(&outcome, "stopped", ETIMEDOUT),
              "process_join(process, 7) %s while the child was stopped (SIGSTOP), expected -1 "
              "(ETIMEDOUT): a child that "
              "is stopped has not ended.",
              result_text(&outcome, "stopped"));
    cr_expect(answered(&outcome, "alive"), "process_is_alive() gave false after a join that timed out.");
    cr_expect(answered(&outcome, "long") == 0,
              "process_join(process, 3600000) %s when the child ended, expected 0.",
              result_text(&outcome, "long"));
}

AFTER_JOIN(join_again_keeps_the_code, 5, "joining again returns 0 at once, and the exit code stays")
{
    int status = (int)random_between(1, 255);
    struct outcome outcome =
        drive("join_again", (struct drive){.arguments = arguments("status=%d", status)});
    expect_clean(&outcome);
    cr_expect(
        answered(&outcome, "second") == 0 && answered(&outcome, "third") == 0,
        "The second process_join() %s and the third %s, expected 0 both times: the handle must remember "
        "that the child has ended.",
        result_text(&outcome, "second"), result_text(&outcome, "third"));
    expect_code(&outcome, "exit_code", status,
                "The child was joined three times; its code must not change.");
    cr_expect(answered(&outcome, "waits_on_reaped") == 0,
              "waitpid() was called %d times for a pid whose status had been taken already. That pid may "
              "belong to another process by now: remember in the handle that it has ended.",
              (int)answered(&outcome, "waits_on_reaped"));
}

AFTER_JOIN(join_waits_for_its_own_child, 3,
           "process_join() takes the status of its own child and no other's")
{
    struct outcome outcome = drive("join_out_of_order", (struct drive){0});
    expect_clean(&outcome);
    expect_code(
        &outcome, "code_second", 12,
        "It was the second child's. wait() and waitpid(-1, ...) take any child's status: name the pid.");
    expect_code(&outcome, "code_first", 11, "It was the first child's, joined after the second.");
}

AFTER_JOIN(text_is_written_once, 5,
           "text buffered before the start is written once, and the child's text is not lost")
{
    struct outcome outcome = drive("buffered_text", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(
        printed(&outcome, "printed before the start") == 1,
        "A line that the parent had printed before the start came out %d times, expected once. The child "
        "gets a copy of everything, of stdio's buffers too: fflush(NULL) before fork().",
        printed(&outcome, "printed before the start"));
    cr_expect(printed(&outcome, "written before the start") == 1,
              "A line in the buffer of another stream came out %d times, expected once: fflush(NULL) "
              "empties all of "
              "them.",
              printed(&outcome, "written before the start"));
    cr_expect(
        printed(&outcome, "printed by the child") == 1,
        "A line that the child printed came out %d times, expected once. _exit() does not write what is "
        "left in stdio's buffers: fflush(NULL) before it.",
        printed(&outcome, "printed by the child"));
}

AFTER_JOIN(a_crowd_leaves_nothing, 5, "100 children at once leave no zombie and no descriptor behind")
{
    struct outcome outcome =
        drive("crowd", (struct drive){.arguments = "children=100", .processes = 110, .find_leaks = true});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "failures") == 0,
              "%d of 300 calls (start, join, release) failed, expected none.",
              (int)answered(&outcome, "failures"));
    cr_expect(answered(&outcome, "release_unjoined") == 0,
              "process_release() %s for a child that had ended and was not joined, expected 0.",
              result_text(&outcome, "release_unjoined"));
    cr_expect(outcome.output.total == 0, "The module has printed something: a module never prints.");
    cr_expect(answered(&outcome, "descriptors_left") == 0,
              "%d descriptors more than before were open at the end. Close what you open, in every case.",
              (int)answered(&outcome, "descriptors_left"));
}

AFTER_JOIN(a_failed_fork_loses_nothing, 5,
           "if fork() fails, the error is told, no one else is harmed, and the start can be repeated")
{
    for (int child = 1; child <= 4; child++) {
        struct outcome outcome =
            drive("failed_fork", (struct drive){.arguments = arguments("child=%d", child)});
        expect_clean(&outcome);
        cr_assert(failed_with(&outcome, "start", EAGAIN),
                  "fork() failed (%s) and process_start() %s, expected -1 (%s).", error_name(EAGAIN),
                  result_text(&outcome, "start"), error_name(EAGAIN));
        cr_assert(
            answered(&outcome, "kills_of_many") == 0,
            "After fork() had failed, kill() was called for a pid <= 0: kill(-1, ...) reaches every "
            "process that you own, also your editor. Keep the pid only if it is one.");
        cr_expect(!answered(&outcome, "alive"),
                  "process_is_alive() gave true for a child that was never started.");
        expect_code(&outcome, "exit_code", PROCESS_NO_EXIT_CODE, "The child was never started.");
        cr_assert(answered(&outcome, "start_again") == 0,
                  "The second process_start() of the same handle %s, expected 0: after a failed fork() "
                  "the handle "
                  "is as before.",
                  result_text(&outcome, "start_again"));
        cr_assert(answered(&outcome, "joined") == 4,
                  "%d of 4 children could be joined and gave 9, expected all.",
                  (int)answered(&outcome, "joined"));
    }
}

AFTER_JOIN(signals_reach_only_the_living, 5,
           "terminate and kill end a running child, and send nothing to one that has ended")
{
    struct outcome outcome = drive("end_children", (struct drive){0});
    cr_assert(outcome.limit != LIMIT_STALL, "process_terminate() and process_kill() did not end the two "
                                            "children, which wait for ever, so the joins "
                                            "did not return.");
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "terminate") == 0, "process_terminate() %s, expected 0.",
              result_text(&outcome, "terminate"));
    cr_expect(answered(&outcome, "kill") == 0, "process_kill() %s, expected 0.",
              result_text(&outcome, "kill"));
    expect_code(&outcome, "code_terminated", -SIGTERM, "process_terminate() sends SIGTERM.");
    expect_code(&outcome, "code_killed", -SIGKILL, "process_kill() sends SIGKILL.");
    cr_expect(answered(&outcome, "terminate_again") == 0 && answered(&outcome, "kill_again") == 0,
              "After the join, process_terminate() %s and process_kill() %s, expected 0: there is "
              "nothing left to do.",
              result_text(&outcome, "terminate_again"), result_text(&outcome, "kill_again"));
    cr_expect(
        answered(&outcome, "kills_on_reaped") == 0,
        "kill() was called %d times for a child whose status had been taken. Its pid may belong to a "
        "stranger by now: ask first whether the child is alive.",
        (int)answered(&outcome, "kills_on_reaped"));
    cr_expect(answered(&outcome, "kills_of_many") + answered(&outcome, "kills_of_others") == 0,
              "kill() was called for a pid that is none of the children.");
}

AFTER_JOIN(signals_do_not_break_a_join, 5, "a join goes on waiting when signals interrupt it (EINTR)")
{
    int times = (int)random_between(2, 5);
    struct outcome outcome =
        drive("interrupted", (struct drive){.arguments = arguments("times=%d", times)});
    expect_clean(&outcome);
    cr_expect(failed_with(&outcome, "short", ETIMEDOUT),
              "process_join(process, 10) %s, expected -1 (%s): signals came meanwhile.",
              result_text(&outcome, "short"), error_name(ETIMEDOUT));
    cr_expect(
        answered(&outcome, "join") == 0,
        "process_join(process, -1) %s, expected 0. A call that waits fails with EINTR when a signal was "
        "caught: call it again.",
        result_text(&outcome, "join"));
    expect_code(&outcome, "exit_code", 3, "The join was interrupted by signals.");
}

AFTER_JOIN(misuse_is_refused, 5,
           "each misuse that the header names is an error with errno, and nothing is lost")
{
    struct outcome outcome = drive("misuse", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(failed_with(&outcome, "null_function", EINVAL),
              "process_create(NULL, argument) gave %s, expected NULL with errno EINVAL.",
              answered(&outcome, "null_function") == -1 ? "NULL with another errno" : "a handle");
    const struct {
        const char *name;
        const char *what;
        int error;
    } refused[] = {
        {"join_unstarted", "process_join() before the start", EINVAL},
        {"terminate_unstarted", "process_terminate() before the start", EINVAL},
        {"kill_unstarted", "process_kill() before the start", EINVAL},
        {"start_twice", "process_start() of a running child", EALREADY},
        {"release_running", "process_release() of a running child", EBUSY},
        {"start_ended", "process_start() of a child that has ended", EALREADY},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_expect(failed_with(&outcome, refused[i].name, refused[i].error), "%s %s, expected -1 (%s).",
                  refused[i].what, result_text(&outcome, refused[i].name), error_name(refused[i].error));
    cr_expect(answered(&outcome, "same_pid"), "The second process_start() changed the pid.");
    cr_expect(answered(&outcome, "alive"),
              "The child was not alive any more after a process_release() that was refused.");
    cr_expect(answered(&outcome, "join") == 0, "process_join() %s at the end, expected 0.",
              result_text(&outcome, "join"));
    expect_code(&outcome, "exit_code", 4, "The misuse before must not change it.");
    cr_expect(answered(&outcome, "release") == 0, "process_release() %s at the end, expected 0.",
              result_text(&outcome, "release"));
    cr_expect(answered(&outcome, "release_null") == 0, "process_release(NULL) %s, expected 0.",
              result_text(&outcome, "release_null"));
    cr_expect(answered(&outcome, "kills_of_many") == 0,
              "kill() was called for a pid <= 0: that is a whole group, or everybody.");
}

AFTER_JOIN(a_stolen_status_is_an_error, 2, "if somebody else took the status, the join says so")
{
    struct outcome outcome = drive("stolen_status", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(
        failed_with(&outcome, "join", ECHILD),
        "SIGCHLD was ignored, so nobody knows how the child ended: process_join() %s, expected -1 (%s).",
        result_text(&outcome, "join"), error_name(ECHILD));
    cr_expect(failed_with(&outcome, "join_again", ECHILD),
              "The second process_join() %s, expected -1 (ECHILD) again.",
              result_text(&outcome, "join_again"));
    expect_code(&outcome, "exit_code", PROCESS_NO_EXIT_CODE, "Nobody knows how the child ended.");
    cr_expect(!answered(&outcome, "alive"), "process_is_alive() gave true for a child that is gone.");
    cr_expect(answered(&outcome, "release") == 0, "process_release() %s, expected 0.",
              result_text(&outcome, "release"));
}
