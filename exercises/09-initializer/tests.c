// What initializer.h promises, sentence by sentence.
#include "examiner.h"
#include "initializer.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

// "WORKER_CONFUSED (76)", or "3".
static const char *status_text(int status)
{
    return status == WORKER_UNPREPARED  ? "WORKER_UNPREPARED (71)"
           : status == WORKER_CONFUSED  ? "WORKER_CONFUSED (76)"
           : status == WORKER_EXHAUSTED ? "WORKER_EXHAUSTED (69)"
                                        : arguments("%d", status);
}

// Fails the test at once unless the drive ended by itself and answered; `tried` says what it was about.
static void expect_ended(const struct outcome *outcome, const char *tried)
{
    bool killed = WIFSIGNALED(outcome->report.wait_status);
    cr_assert(outcome->limit == LIMIT_NONE && !killed, "%s %s", tried, ending(outcome));
    expect_answer(outcome);
}

// Fails the test at once if the worker has ended by a signal, or without a return of worker_run().
static void expect_no_other_end(const struct outcome *outcome, const char *tried)
{
    int code = (int)answered(outcome, "exit_code");
    bool died = answered(outcome, "ended") && !answered(outcome, "left");
    cr_assert(!died || code >= 0, "%s The worker was ended by signal %d (%s).%s", tried, -code,
              strsignal(-code),
              code == -SIGPIPE   ? " That is what the kernel does to a process that writes to nobody; "
                                   "channel_send() makes it an error, EPIPE."
              : code == -SIGXCPU ? " Is there an endless loop? At the end of a channel, and after an "
                                   "error, channel_receive() gives the same result again and again."
                                 : "");
    cr_assert(!died,
              "%s The worker ended by exit() or _exit(), with status %d. worker_run() has to return: its "
              "caller may have something left to do, and ends the process itself.",
              tried, code);
}

// Fails the test at once unless worker_run() returned `status`.
static void expect_return(const struct outcome *outcome, int status, const char *tried)
{
    expect_no_other_end(outcome, tried);
    cr_assert(answered(outcome, "result") == status, "%s worker_run() returned %s, expected %s.", tried,
              status_text((int)answered(outcome, "result")), status_text(status));
}

// Fails the test at once unless the first message was this number.
static void expect_first(const struct outcome *outcome, int32_t error, const char *tried)
{
    cr_assert(answered(outcome, "messages") > 0,
              "%s The worker sent nothing. What the initializer returns is the first message, whatever "
              "it is: channel_send(worker->channel, ...).",
              tried);
    cr_assert(answered(outcome, "first_size") == sizeof error,
              "%s The first message had %d bytes, expected 4: it is what the initializer returned, an "
              "int32_t, and it comes before all replies.",
              tried, (int)answered(outcome, "first_size"));
    cr_assert(answered(outcome, "first") == error,
              "%s The first message was %d, expected %d: what the initializer returned, and 0 if there "
              "is none.",
              tried, (int)answered(outcome, "first"), error);
}

static void expect_served(const struct outcome *outcome, int commands, const char *tried)
{
    cr_assert(answered(outcome, "served") == commands, "%s serve() was called %d times, expected %d.",
              tried, (int)answered(outcome, "served"), commands);
    cr_assert(answered(outcome, "messages") == 1 + commands,
              "%s The worker sent %d messages, expected %d: what the initializer returned, and one reply "
              "to each command that was served.",
              tried, (int)answered(outcome, "messages"), 1 + commands);
}

GRADED(initializer, first_command_is_served, 8, "a worker says that it is ready, and serves a command")
{
    int number = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("first_command", (struct drive){.arguments = arguments("number=%d", number)});
    expect_ended(&outcome,
                 "A worker was sent one command, and was to send two messages, by channel_receive() and "
                 "channel_send(). Then its channel came to the end, where channel_receive() gives 0; "
                 "worker_run() returns then, and leaves the channel open.");
    cr_assert(
        answered(&outcome, "messages") > 0,
        "worker_run() %s, and had sent nothing. Start here: call service->initializer with "
        "service->initializer_argument, and send what it returns, as an int32_t, by channel_send().%s",
        result_text(&outcome, "result"),
        answered(&outcome, "result") == 0 ? " (Or did it take its process for an orphan? The parent is "
                                            "worker->parent, which may well be process 1.)"
                                          : "");
    expect_first(&outcome, 0, "The initializer of this worker returns 0.");
    cr_assert(answered(&outcome, "initialized") > 0,
              "The first message was 0, but the initializer was not called: it is service->initializer.");
    cr_assert(answered(&outcome, "served") > 0,
              "The worker said that it is ready, and served nothing, though a command waited; "
              "worker_run() returned %s. Receive a command with channel_receive(), into memory with room "
              "for service->command_size bytes, and call service->serve.",
              status_text((int)answered(&outcome, "result")));
    cr_assert(answered(&outcome, "argument_is_right"),
              "serve() was called with another argument than service->serve_argument.");
    cr_assert(
        answered(&outcome, "command_size") == sizeof(int64_t) && answered(&outcome, "command") == number,
        "A command of 8 bytes, the number %d, was sent; serve() was given %lld bytes, the number %lld. "
        "It gets what channel_receive() has received: the bytes, and how many there are.",
        number, (long long)answered(&outcome, "command_size"), (long long)answered(&outcome, "command"));
    cr_assert(answered(&outcome, "messages") == 2,
              "The command was served, and no reply was sent. Send what serve() has written, as many "
              "bytes as it returns.");
    cr_expect(answered(&outcome, "reply_size") == sizeof(int64_t) &&
                  answered(&outcome, "reply") == 2 * number + 1,
              "serve() wrote 8 bytes, the number %d; the reply had %d bytes, the number %lld.",
              2 * number + 1, (int)answered(&outcome, "reply_size"),
              (long long)answered(&outcome, "reply"));
    expect_clean(&outcome);
}

// The first tests build on each other; all others need them.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, initializer, name, points, description)
#define AFTER_END(name, points, description) AFTER("leaves_at_the_end", name, points, description)

// Fails the test at once unless all commands and all replies of the drive "commands" came right.
static void expect_script(const struct outcome *outcome, int count, const char *tried)
{
    expect_ended(outcome, tried);
    int right = (int)answered(outcome, "right");
    int wrong_at = (int)answered(outcome, "wrong_at");
    if (right == count && wrong_at == 0)
        return;
    const char *so_far = arguments("%s Replies that came right: %d.", tried, right);
    expect_no_other_end(outcome, so_far);
    cr_assert(wrong_at == 0 || answered(outcome, "wrong_size") == answered(outcome, "sent_size"),
              "%s Command %d had %d bytes when it was sent, and serve() was told that it has %d.", tried,
              wrong_at, (int)answered(outcome, "sent_size"), (int)answered(outcome, "wrong_size"));
    cr_assert(
        wrong_at == 0,
        "%s Command %d came to serve() with its right size, but its bytes are not those that were sent. "
        "channel_receive() needs to know how much room there is (service->command_size), and what it "
        "returns says whether there is a command.",
        tried, wrong_at);
    cr_assert(!answered(outcome, "ended"), "%s Then worker_run() returned %s; it has to go on.", so_far,
              status_text((int)answered(outcome, "result")));
    cr_assert(answered(outcome, "reply_size") == answered(outcome, "expected_size"),
              "%s The next one should have %d bytes, and has %d.", so_far,
              (int)answered(outcome, "expected_size"), (int)answered(outcome, "reply_size"));
    cr_assert(right == count,
              "%s The next one has its right size, but its bytes are not those that serve() wrote.",
              so_far);
}

AFTER("first_command_is_served", commands_are_served_in_order, 6,
      "commands are served one after the other, in their order, each with its own reply")
{
    for (int ahead = 1; ahead <= 8; ahead += 7) {
        struct outcome outcome = drive(
            "commands", (struct drive){.arguments = arguments("count=100 most=200 ahead=%d seed=%d",
                                                              ahead, (int)random_between(1, 1000000))});
        expect_script(&outcome, 100,
                      arguments("A worker got 100 commands of 1 to 200 bytes, %s. Its replies have 0 to "
                                "200 bytes; also one of 0 bytes is a message.",
                                ahead == 1 ? "one at a time" : "up to 8 at a time"));
        expect_clean(&outcome);
    }
}

AFTER("commands_are_served_in_order", leaves_at_the_end, 6,
      "at the end of the channel, when all is served, worker_run() returns 0")
{
    int commands = (int)random_between(2, 6);
    struct outcome outcome =
        drive("leave", (struct drive){.arguments = arguments("commands=%d", commands)});
    const char *tried = arguments("A worker got %d commands and answered them; then the other end of its "
                                  "channel was closed, where channel_receive() gives 0.",
                                  commands);
    expect_ended(&outcome, tried);
    expect_return(&outcome, 0, tried);
    expect_served(&outcome, commands, tried);
    expect_clean(&outcome);
}

AFTER_END(an_empty_command_means_stop, 4,
          "after a command of 0 bytes, which is not served, worker_run() returns 0")
{
    int commands = (int)random_between(2, 6);
    struct outcome outcome =
        drive("leave", (struct drive){.arguments = arguments("stop=1 commands=%d", commands)});
    const char *tried = arguments("A worker got %d commands, then one of 0 bytes, at which worker_run() "
                                  "has to return, and then another one.",
                                  commands);
    expect_ended(&outcome, tried);
    expect_return(&outcome, 0, tried);
    expect_served(&outcome, commands, tried);
    expect_clean(&outcome);
}

AFTER_END(initializer_runs_once_in_each_worker, 6,
          "each worker calls the initializer once, with its argument, before the first command")
{
    int number = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("sessions", (struct drive){.arguments = arguments("workers=4 number=%d", number)});
    expect_ended(&outcome, "Each of 4 workers got 3 commands, and was to send 4 messages.");
    int commands = (int)answered(&outcome, "commands");
    cr_assert(answered(&outcome, "replies") == commands,
              "Each of 4 workers got 3 commands; %d replies came, expected %d.",
              (int)answered(&outcome, "replies"), commands);
    const struct {
        const char *name;
        const char *what;
    } promises[] = {
        {"prepared", "found that the initializer had run in their process before"},
        {"once", "found that it had run once in their process"},
        {"own", "found the session of their own process in the variable where the initializer keeps it"},
        {"argument", "found that it had been given service->initializer_argument"},
        {"kept", "found that the session had served no more commands than its own worker got"},
    };
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
        cr_assert(answered(&outcome, promises[i].name) == commands,
                  "Each of 4 workers got 3 commands. Of these %d commands %d %s, expected all.", commands,
                  (int)answered(&outcome, promises[i].name), promises[i].what);
    cr_expect(answered(&outcome, "initialized") == 4,
              "For 4 workers the initializer was called %d times, expected 4.",
              (int)answered(&outcome, "initialized"));
    expect_clean(&outcome);
}

AFTER_END(
    a_failed_initializer_is_told, 7,
    "if the initializer fails, its error is told, no command is served, and worker_run() returns 71")
{
    const int errors[] = {ECONNREFUSED, (int)random_between(1, 133), 256 * (int)random_between(1, 8000),
                          -(int)random_between(1, 1000000), INT32_MIN};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct outcome outcome =
            drive("initializer", (struct drive){.arguments = arguments("error=%d", errors[i])});
        const char *tried =
            arguments("The initializer returned %d, and a command waited for the worker.", errors[i]);
        expect_ended(&outcome, tried);
        expect_first(&outcome, errors[i], tried);
        expect_served(&outcome, 0, tried);
        expect_return(&outcome, WORKER_UNPREPARED, tried);
        cr_assert(answered(&outcome, "initialized") == 1, "%s It was called %d times, expected once.",
                  tried, (int)answered(&outcome, "initialized"));
        cr_expect(outcome.output.total == 0,
                  "The initializer failed, and something was printed. worker_run() prints nothing: the "
                  "message tells the parent, and the parent decides what to say.");
        expect_clean(&outcome);
    }
}

AFTER_END(no_initializer_is_no_error, 2, "without an initializer the first message is 0")
{
    struct outcome outcome = drive("initializer", (struct drive){.arguments = "none=1"});
    const char *tried = "service->initializer is NULL: there is nothing to do, and that succeeds.";
    expect_ended(&outcome, tried);
    expect_no_other_end(&outcome, tried);
    expect_first(&outcome, 0, tried);
    expect_served(&outcome, 1, tried);
    expect_clean(&outcome);
}

AFTER_END(large_commands_and_replies, 4, "commands and replies of 1 MiB come whole")
{
    struct outcome outcome =
        drive("commands", (struct drive){.arguments = arguments("count=6 most=1048576 seed=%d",
                                                                (int)random_between(1, 1000000))});
    expect_script(&outcome, 6,
                  "A worker got 6 commands of up to 1 MiB, with replies of up to 1 MiB; its service says "
                  "so in command_size and reply_size.");
    expect_clean(&outcome);
}

AFTER_END(command_and_reply_lie_apart, 2,
          "command and reply lie apart, at addresses that any object may have")
{
    const int most = 16 * (int)random_between(5, 50) - (int)random_between(1, 15);
    struct outcome outcome =
        drive("commands", (struct drive){.arguments = arguments("count=20 most=%d seed=%d", most,
                                                                (int)random_between(1, 1000000))});
    expect_script(&outcome, 20, arguments("Commands and replies had up to %d bytes.", most));
    cr_expect(answered(&outcome, "overwritten") == 0,
              "serve() wrote a reply, and its command was not the same as before: they share memory. A "
              "service may read its command while it writes.");
    cr_expect(answered(&outcome, "misaligned") == 0,
              "serve() was given an address that is no multiple of 16. What malloc() gives is one; a "
              "place somewhere behind it may not be, and an object cannot lie there.");
    expect_clean(&outcome);
}

AFTER_END(a_command_that_is_too_large, 3,
          "a command of more than command_size bytes is not served: WORKER_CONFUSED")
{
    const int sizes[] = {101, (int)random_between(102, 200), (int)random_between(5000, 60000)};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome =
            drive("too_large", (struct drive){.arguments = arguments("size=%d", sizes[i])});
        const char *tried = arguments("command_size is 100. The first command had 100 bytes. The second "
                                      "one had %d: it is not served, and worker_run() returns.",
                                      sizes[i]);
        expect_ended(&outcome, tried);
        expect_return(&outcome, WORKER_CONFUSED, tried);
        expect_served(&outcome, 1, tried);
        expect_clean(&outcome);
    }
}

AFTER_END(a_command_that_is_cut_short, 3,
          "a command that is cut short, or is no message, is not served: WORKER_CONFUSED")
{
    const struct {
        const char *arguments;
        const char *what;
    } cuts[] = {
        {"head=8 size=500 bytes=200", "a command of 500 bytes, of which 200 came before the end"},
        {"head=8 size=500 bytes=0", "a command of 500 bytes, of which none came before the end"},
        {"head=3 bytes=0", "a command of whose size only 3 bytes came before the end"},
        {"head=8 size=-1 bytes=10", "bytes that are no message: their size says 2^64 - 1"},
    };
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        struct outcome outcome = drive("cut", (struct drive){.arguments = cuts[i].arguments});
        const char *tried = arguments("After a good command there came %s.", cuts[i].what);
        expect_ended(&outcome, tried);
        expect_return(&outcome, WORKER_CONFUSED, tried);
        cr_assert(answered(&outcome, "served") == 1 && answered(&outcome, "replies") == 1,
                  "%s serve() was called %d times, and %d replies came, expected 1 of both.", tried,
                  (int)answered(&outcome, "served"), (int)answered(&outcome, "replies"));
        expect_clean(&outcome);
    }
}

AFTER_END(retires_after_its_last_task, 5,
          "after the reply to the command that has used up its tasks, worker_run() returns 0")
{
    const struct {
        int tasks, each, commands, extra;
    } lives[] = {{1, 1, 1, 0}, {3, 1, 3, 0}, {5, 2, 3, 0}, {4, 2, 2, 3}};
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
        struct outcome outcome =
            drive("retire", (struct drive){.arguments = arguments("tasks=%d each=%d commands=%d",
                                                                  lives[i].tasks, lives[i].each,
                                                                  lives[i].commands + lives[i].extra)});
        const char *tried =
            arguments("Tasks that the worker may do: %d. Tasks that serve() counts for a command, with "
                      "crew_task_done(): up to %d. Commands that were sent: %d. When worker->tasks_left "
                      "is 0, the reply is sent, nothing more is received, and worker_run() returns.",
                      lives[i].tasks, lives[i].each, lives[i].commands + lives[i].extra);
        expect_ended(&outcome, tried);
        expect_return(&outcome, 0, tried);
        expect_served(&outcome, lives[i].commands, tried);
        cr_expect(answered(&outcome, "tasks") == lives[i].tasks,
                  "%s The crew says that it has done %d tasks. Only serve() counts them.", tried,
                  (int)answered(&outcome, "tasks"));
        expect_clean(&outcome);
    }
}

AFTER_END(commands_are_no_tasks, 2, "a worker whose service counts no tasks stays")
{
    struct outcome outcome = drive("retire", (struct drive){.arguments = "tasks=1 each=0 commands=4"});
    const char *tried = "A worker may do 1 task, and got 4 commands for which serve() counts none: not "
                        "every command is a task.";
    expect_ended(&outcome, tried);
    expect_return(&outcome, 0, tried);
    expect_served(&outcome, 4, tried);
    expect_clean(&outcome);
}

static void expect_signals(const struct outcome *outcome, const char *when, const char *who)
{
    static const char *const states[] = {"has its default action", "is ignored", "has a handler",
                                         "is blocked"};
    int odd = (int)answered(outcome, arguments("%s_odd", when));
    int state = (int)answered(outcome, arguments("%s_state", when));
    cr_assert(odd == 0,
              "The parent has handlers for some signals, ignores some, and blocks all. In the worker, in "
              "%s, signal %d (%s) %s. Expected: %s, and none blocked. A child inherits all of it from "
              "fork(); see sigaction(2) and sigprocmask(2). Signals are numbered from 1 to NSIG - 1.",
              who, odd, strsignal(odd), states[state % 4],
              odd == SIGINT ? "SIGINT is ignored" : "the default action for all but SIGINT");
}

AFTER_END(signals_are_as_new, 6,
          "in a worker all signals have their default action, none is blocked, and SIGINT is ignored")
{
    for (int shift = 0; shift < 3; shift++) {
        struct outcome outcome =
            drive("signals", (struct drive){.arguments = arguments("shift=%d", shift)});
        expect_ended(&outcome, "A worker was started by a parent that blocks all signals.");
        cr_assert(answered(&outcome, "served") == 1,
                  "A worker got a command; serve() was called %d times, expected once.",
                  (int)answered(&outcome, "served"));
        expect_signals(&outcome, "first", "the initializer");
        expect_signals(&outcome, "later", "serve()");
        expect_clean(&outcome);
    }
}

AFTER_END(waiting_signals_act, 3, "a signal that was blocked and waits finds its new action")
{
    const int signals[] = {SIGTERM, SIGUSR1, SIGINT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        bool ends = signals[i] != SIGINT;
        struct outcome outcome =
            drive("waiting_signal", (struct drive){.arguments = arguments("signal=%d", signals[i])});
        const char *tried = arguments("Before worker_run() signal %d (%s) had come, was blocked, and "
                                      "waited; the worker had inherited a handler for it.",
                                      signals[i], strsignal(signals[i]));
        expect_ended(&outcome, tried);
        cr_assert(answered(&outcome, "signals") == 0,
                  "%s The parent's handler ran in the worker. Set all actions first, and unblock the "
                  "signals last.",
                  tried);
        if (!ends) {
            expect_return(&outcome, 0, tried);
            expect_served(&outcome, 1, tried);
        } else {
            cr_assert(answered(&outcome, "exit_code") == -signals[i] && !answered(&outcome, "left"),
                      "%s It did not end the worker, as it should: its action is the default, and it is "
                      "blocked no more.",
                      tried);
            cr_assert(answered(&outcome, "initialized") == 0,
                      "%s The initializer was called before that signal could end the worker.", tried);
        }
        expect_clean(&outcome);
    }
}

AFTER_END(sigterm_ends_an_idle_worker, 3, "SIGTERM ends a worker, whatever its parent does with SIGTERM")
{
    for (int shift = 0; shift < 2; shift++) {
        struct outcome outcome =
            drive("terminate", (struct drive){.arguments = arguments("shift=%d", shift)});
        const char *tried = arguments(
            "An idle worker was sent SIGTERM, which has to end it. Its parent %s SIGTERM, and blocks it.",
            shift == 0 ? "has a handler for" : "ignores");
        expect_ended(&outcome, tried);
        cr_assert(answered(&outcome, "exit_code") == -SIGTERM && !answered(&outcome, "left"),
                  "%s It did not.", tried);
        cr_expect(answered(&outcome, "signals") == 0, "%s The parent's handler ran in the worker.",
                  tried);
        expect_clean(&outcome);
    }
}

AFTER_END(ctrl_c_harms_no_worker, 4, "SIGINT for a program and its workers ends no worker and no command")
{
    struct outcome outcome = drive("interrupt", (struct drive){0});
    const char *tried = "SIGINT was sent to a program and its 3 workers, as Ctrl-C does; one worker was "
                        "in the middle of a command, and the others got one afterwards.";
    expect_ended(&outcome, tried);
    cr_assert(answered(&outcome, "killed") == 0,
              "%s It ended %d of the workers. What becomes of the work is for the parent to decide: "
              "ignore SIGINT.",
              tried, (int)answered(&outcome, "killed"));
    cr_expect(answered(&outcome, "signals") == 1,
              "%s The program's handler for SIGINT ran %d times, expected once: in the program.", tried,
              (int)answered(&outcome, "signals"));
    cr_expect(answered(&outcome, "replies") == answered(&outcome, "workers"),
              "%s %d of 3 commands were answered.", tried, (int)answered(&outcome, "replies"));
    cr_expect(answered(&outcome, "left") == answered(&outcome, "workers"),
              "%s At the end of their channels %d of 3 workers left by a return of worker_run().", tried,
              (int)answered(&outcome, "left"));
    expect_clean(&outcome);
}

AFTER_END(the_initializers_signals_stay, 3,
          "handlers that the initializer sets stay, and do not disturb commands (EINTR)")
{
    struct outcome outcome =
        drive("commands", (struct drive){.arguments = arguments("count=20 most=100000 signals=1 seed=%d",
                                                                (int)random_between(1, 1000000))});
    const char *tried = "The initializer set handlers for SIGUSR1 and SIGALRM; one SIGALRM came each "
                        "millisecond, and serve() raised SIGUSR1 each time.";
    expect_script(&outcome, 20, tried);
    cr_expect(answered(&outcome, "signals") == 20,
              "%s The handler for SIGUSR1 ran %d times, expected 20.", tried,
              (int)answered(&outcome, "signals"));
    expect_clean(&outcome);
}

AFTER_END(no_worker_outlives_its_parent, 6,
          "a worker is killed when its parent ends, whatever it is doing")
{
    static const char *const states[] = {"waited for a command", "was in the middle of a command",
                                         "was in its initializer"};
    for (int state = 0; state < 3; state++)
        for (int exits = 0; exits <= (state == 0); exits++) {
            struct outcome outcome = drive(
                "orphan", (struct drive){.arguments = arguments("state=%d exits=%d", state, exits)});
            const char *tried = arguments(
                "A program %s while its worker, which blocks all signals that can be blocked, %s.",
                exits ? "called _exit(), and left its worker behind," : "was ended by SIGKILL",
                states[state]);
            expect_ended(&outcome,
                         arguments("%s Is the worker still there? prctl(PR_SET_PDEATHSIG, SIGKILL) has "
                                   "the kernel kill it; do that before the initializer.",
                                   tried));
            cr_assert(answered(&outcome, "rest") == 1,
                      "%s %d processes were left behind, expected 1: the worker, which then ends, too.",
                      tried, (int)answered(&outcome, "rest"));
            cr_assert(
                state == 0 || answered(&outcome, "signal") == SIGKILL,
                "%s The worker was ended by %s, expected SIGKILL: prctl(PR_SET_PDEATHSIG, SIGKILL).",
                tried,
                answered(&outcome, "signal") == 0 ? "itself"
                                                  : strsignal((int)answered(&outcome, "signal")));
            expect_clean(&outcome);
        }
}

AFTER_END(a_parent_that_has_ended_is_noticed, 3,
          "if the parent has ended before, worker_run() returns 0, and the initializer does not run")
{
    struct outcome outcome = drive("late", (struct drive){0});
    const char *tried = "The program had been killed when its worker called worker_run(). The kernel "
                        "tells of an end that is to come, and not of one that has been: compare "
                        "getppid() with worker->parent, after prctl().";
    expect_ended(&outcome, tried);
    cr_assert(answered(&outcome, "initialized") == 0, "%s The initializer was called.", tried);
    cr_assert(answered(&outcome, "returned") == 1,
              "%s worker_run() did not return; signal %d ended the worker.", tried,
              (int)answered(&outcome, "signal"));
    cr_expect(answered(&outcome, "result") == 0, "%s worker_run() returned %s, expected 0.", tried,
              status_text((int)answered(&outcome, "result")));
    expect_clean(&outcome);
}

AFTER_END(a_reply_to_nobody, 3, "a reply that finds nobody there is the end: worker_run() returns 0")
{
    struct outcome outcome = drive("reply_to_nobody", (struct drive){0});
    const char *tried =
        "The channel was closed while the worker served a command; channel_send() gives -1 (EPIPE) then.";
    expect_ended(&outcome, tried);
    expect_return(&outcome, 0, tried);
    expect_clean(&outcome);
}

static void expect_exhausted(const struct outcome *outcome, const char *tried)
{
    expect_ended(outcome, tried);
    expect_return(outcome, WORKER_EXHAUSTED, tried);
    cr_assert(answered(outcome, "messages") == 0,
              "%s The worker had sent something before. Ask for memory first: then it is certain that a "
              "worker that says it is ready can serve.",
              tried);
    expect_clean(outcome);
}

AFTER_END(without_memory, 3,
          "without memory for commands and replies: WORKER_EXHAUSTED, and nothing is sent")
{
    static const char *const what[] = {"command_size", "reply_size"};
    for (int large = 1; large <= 2; large++) {
        struct outcome outcome =
            drive("no_memory", (struct drive){.arguments = arguments("large=%d", large)});
        expect_exhausted(&outcome, arguments("%s is SIZE_MAX. No memory has room for so much; and a size "
                                             "that something is added to may become 0.",
                                             what[large - 1]));
    }
    for (int nth = 1; nth <= 2; nth++) {
        struct outcome outcome =
            drive("no_memory", (struct drive){.arguments = arguments("fail=%d", nth)});
        bool served = answered(&outcome, "left") && answered(&outcome, "result") == 0 &&
                      answered(&outcome, "served") == 1 && answered(&outcome, "messages") == 2;
        if (!served) // it may need less memory than two blocks, or do without
            expect_exhausted(
                &outcome,
                arguments("Call %d of malloc() or its kin gave NULL, and a command waited.", nth));
    }
}

GRADED_SPEEDUP("leaves_at_the_end", initializer, workers_work_at_once, 8,
               "workers serve at the same time: eight that wait are faster than one", .drive = "speed",
               .work = WORK_WAITING, .workers = 8)
