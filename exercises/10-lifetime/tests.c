// What lifetime.h promises, sentence by sentence.
#include "examiner.h"
#include "lifetime.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

static int64_t part(const struct outcome *outcome, const char *name, const char *what)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, what);
    return answered(outcome, whole);
}

static const char *news_name(int64_t news)
{
    return news == CREW_MESSAGE ? "CREW_MESSAGE"
           : news == CREW_LEFT  ? "CREW_LEFT"
           : news == CREW_DIED  ? "CREW_DIED"
                                : "no news at all";
}

// Fails the test at once unless the drive ended by itself and answered; `tried` says what it was about.
static void expect_ended(const struct outcome *outcome, const char *tried)
{
    int status = outcome->report.wait_status;
    bool killed = outcome->limit == LIMIT_NONE && WIFSIGNALED(status);
    cr_assert(outcome->limit == LIMIT_NONE && !killed, "%s %s", tried, ending(outcome));
    expect_answer(outcome);
}

// Fails the test at once unless a call of crew_wait() told this; `hint` says what was the case.
static void expect_event(const struct outcome *outcome, const char *name, enum crew_news news, int seat,
                         const char *hint)
{
    cr_assert(answered(outcome, name) == 1, "crew_wait() %s, expected 1. %s", result_text(outcome, name),
              hint);
    cr_assert(part(outcome, name, "news") == news && part(outcome, name, "seat") == seat,
              "crew_wait() told %s of seat %d, expected %s of seat %d. %s",
              news_name(part(outcome, name, "news")), (int)part(outcome, name, "seat"), news_name(news),
              seat, hint);
}

static void expect_error(const struct outcome *outcome, const char *name, const char *call, int error)
{
    cr_expect(failed_with(outcome, name, error), "%s %s, expected -1 (%s).", call,
              result_text(outcome, name), error_name(error));
}

// What `left` descriptors more than before say: a negative number is another mistake than a positive one.
static const char *descriptors_left(int64_t left)
{
    return left >= 0
               ? arguments("%d descriptors were left open", (int)left)
               : arguments("%d descriptors of the program itself were closed (0 is a descriptor, too: "
                           "in an empty seat, note -1)",
                           (int)-left);
}

static void expect_nothing_closed_twice(const struct outcome *outcome)
{
    cr_expect(answered(outcome, "closes_of_closed") == 0,
              "close() was called %d times for a descriptor that was not open: by then its number may be "
              "somebody else's. Note in the seat that it is closed.",
              (int)answered(outcome, "closes_of_closed"));
}

// What may be the reason that a program of two workers that talk is stuck, going by where it waits.
static const char *why_stuck(const char *waiting)
{
    const char *no_answer =
        " Has the worker the other end, in worker->channel? And does crew_wait() look "
        "at all channels at once (poll(2))? A receive waits for one of them.";
    const char *no_end =
        " A worker did not see the end of its channel: whoever inherits the parent's end, "
        "another worker or itself, has to close it.";
    if (strstr(waiting, "the program waits in recv") != NULL)
        return no_answer;
    if (strstr(waiting, "the program waits in waitpid") != NULL)
        return no_end;
    return " If that was so in crew_wait(), no answer came: has the worker the other end, in "
           "worker->channel? If in crew_stop(), a worker did not see the end: whoever inherits the "
           "parent's end, another worker or itself, has to close it.";
}

GRADED(lifetime, two_workers_talk, 8, "a crew of two is made, is sent messages, answers, and is stopped")
{
    int number = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("first_talk", (struct drive){.arguments = arguments("number=%d", number)});
    char tried[640];
    snprintf(tried, sizeof tried,
             "A number was sent to each of two workers, whose body receives messages and sends each one "
             "back until the end of its channel; then the crew was stopped.%s",
             outcome.limit == LIMIT_STALL ? why_stuck(outcome.report.waiting) : "");
    expect_ended(&outcome, tried);
    cr_assert(
        answered(&outcome, "create") == 0,
        "crew_create() gave NULL (%s), expected a crew. Start here: allocate a struct crew, and for "
        "each seat make a channel and start a process; in it call body(&worker, argument).",
        error_name(answered(&outcome, "create_errno")));
    for (int seat = 0; seat < 2; seat++) {
        const char *send = seat == 0 ? "send_0" : "send_1", *wait = seat == 0 ? "wait_0" : "wait_1";
        cr_assert(
            answered(&outcome, send) == 0,
            "crew_send(crew, %d, message, 4) %s, expected 0. It is channel_send() on the parent's end "
            "of that worker's channel.",
            seat, result_text(&outcome, send));
        cr_assert(answered(&outcome, wait) == 1,
                  "Seat %d was sent a number and sends it back. crew_wait(crew, -1, &event) %s, expected "
                  "1. Wait until one of the channels is readable, for example with poll(2), and receive.",
                  seat, result_text(&outcome, wait));
        expect_event(&outcome, wait, CREW_MESSAGE, seat,
                     "The worker in that seat was sent a number, and sends it back. Has it the other end "
                     "of the channel, in worker->channel?");
        cr_assert(
            part(&outcome, wait, "size") == 4 && part(&outcome, wait, "got") == number + seat,
            "Seat %d was sent the 4 bytes of %d and sent them back. crew_wait() told a message of %d "
            "bytes, the number %d. event->message has to point to what was received.",
            seat, number + seat, (int)part(&outcome, wait, "size"), (int)part(&outcome, wait, "got"));
    }
    cr_expect(
        answered(&outcome, "stop") != -1,
        "crew_stop(crew, -1) %s, expected 0: it closes the channels, so that the bodies return, and "
        "waits for the ends.",
        result_text(&outcome, "stop"));
    cr_expect(answered(&outcome, "childless"),
              "After crew_stop() and crew_release() a worker was still there, running or as a zombie.");
    expect_clean(&outcome);
}

// The first three tests build on each other; all others need them, and some of these need others: a test
// that would only wait in vain is not tried.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, lifetime, name, points, description)
#define AFTER_ENDS(name, points, description) AFTER("ends_are_told", name, points, description)

AFTER("two_workers_talk", workers_know_themselves, 4,
      "all workers run at once, and each knows its seat, its parent, its argument and its tasks")
{
    int workers = (int)random_between(2, 5);
    struct outcome outcome =
        drive("introduction", (struct drive){.arguments = arguments("workers=%d number=%d", workers,
                                                                    (int)random_between(1, 1000000))});
    expect_ended(
        &outcome,
        arguments("%d workers waited for each other. crew_create() has to start all of them.", workers));
    const struct {
        const char *name;
        const char *what;
    } facts[] = {
        {"seats", "worker->seat is the seat that crew_wait() tells"},
        {"pids", "event.pid and crew_pid(crew, seat) are the worker's process id"},
        {"parents", "worker->parent is the process that made the crew (and another one than itself)"},
        {"numbers", "`argument` is the argument of the options"},
        {"unlimited", "worker->tasks_left is INT64_MAX, since tasks_per_worker is 0"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        cr_expect(answered(&outcome, facts[i].name) == workers, "%s: so it was for %d of %d workers.",
                  facts[i].what, (int)answered(&outcome, facts[i].name), workers);
    expect_clean(&outcome);
}

AFTER("workers_know_themselves", ends_are_told, 5,
      "each end is told once, with how it came about; then the seat is empty")
{
    const struct {
        enum crew_news news;
        int code;
        const char *what;
    } ends[] = {
        {CREW_LEFT, 7,
         "The body of worker 0 returned 0x107. Only the worker knows that its body has returned: let it "
         "note that in shared memory."},
        {CREW_DIED, 0,
         "Worker 0 called exit(0). Its body has not returned: only the worker can tell, by a mark in "
         "shared memory."},
        {CREW_DIED, 3, "Worker 0 called _exit(3). Its body has not returned."},
        {CREW_DIED, -SIGKILL, "Worker 0 was ended by SIGKILL."},
        {CREW_DIED, -SIGSEGV, "Worker 0 was ended by SIGSEGV."},
        {CREW_DIED, -SIGPIPE,
         "The body of worker 0 had returned; then the process wrote what it had "
         "buffered into a pipe without reader, and SIGPIPE ended it."},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct outcome outcome =
            drive("ending", (struct drive){.arguments = arguments("how=%d", (int)i)});
        expect_ended(&outcome,
                     arguments("%s crew_wait(crew, -1, &event) has to tell it; afterwards "
                               "crew_pid() of that seat is 0, and crew_send() fails with EPIPE.",
                               ends[i].what));
        expect_event(&outcome, "over", ends[i].news, 0, ends[i].what);
        cr_assert(answered(&outcome, "over_code") == ends[i].code,
                  "%s event.exit_code was %d, expected %d, as process_exit_code() tells it.",
                  ends[i].what, (int)answered(&outcome, "over_code"), ends[i].code);
        cr_assert(answered(&outcome, "same_pid"), "event.pid was not the pid that the worker had had.");
        cr_assert(
            answered(&outcome, "again") == 0,
            "The end had been told, and crew_wait(crew, 0, &event) %s, expected 0: the other worker "
            "was idle. Empty the seat, so that every end is told once.",
            result_text(&outcome, "again"));
        cr_assert(answered(&outcome, "pid") == 0,
                  "The end had been told, and crew_pid() gave %d, expected 0: the seat is empty.",
                  (int)answered(&outcome, "pid"));
        expect_error(&outcome, "send", "After the end had been told, crew_send()", EPIPE);
        cr_expect(answered(&outcome, "reaped"), "The end was told, and the worker was a zombie still.");
        expect_error(&outcome, "empty", "When all seats were empty, crew_wait(crew, -1, &event)", ECHILD);
        expect_clean(&outcome);
    }
}

AFTER_ENDS(workers_hold_their_own_channel_only, 4,
           "a worker has no descriptor of the crew but its own channel")
{
    struct outcome outcome = drive("descriptors", (struct drive){0});
    expect_ended(&outcome, "Each of three workers counted its descriptors and sent the number.");
    int more = (int)answered(&outcome, "more");
    cr_expect(more >= 1,
              "A worker had no descriptor more than its parent had had before crew_create(), expected 1: "
              "it has closed one that is not the crew's. 0 is a descriptor, too: in an empty seat, note "
              "-1.");
    cr_expect(
        more <= 1,
        "A worker had %d descriptors more than its parent had had before crew_create(), expected 1. "
        "What it inherits has to be closed in it: the parent's ends of all channels, its own one "
        "too, and process file descriptors. In the parent, close the worker's end once it is started.",
        more);
    cr_assert(answered(&outcome, "replace") == 0,
              "A worker was killed, its end was told, and crew_replace(crew, 1) %s, expected 0. (The "
              "descriptors of its successor are counted, too.)",
              result_text(&outcome, "replace"));
    cr_expect(answered(&outcome, "more_later") == 1,
              "A worker that was started by crew_replace() while the others ran had %d descriptors more, "
              "expected 1.",
              (int)answered(&outcome, "more_later"));
    cr_expect(answered(&outcome, "left") == 0, "After crew_release() %s.",
              descriptors_left(answered(&outcome, "left")));
    expect_clean(&outcome);
}

AFTER_ENDS(a_dead_parent_is_seen, 3,
           "if the parent is killed, each worker sees the end, though others live")
{
    struct outcome outcome = drive("orphans", (struct drive){0});
    expect_ended(&outcome,
                 "The parent of three workers was killed. Worker 2 did not look at its channel, "
                 "and lived. Workers 0 and 1 wait for the end of their channels: it does not come "
                 "as long as any process has the parent's ends. Does worker 2 have them?");
    cr_expect(answered(&outcome, "parent") == SIGKILL, "The parent had ended before it was killed.");
    cr_expect(answered(&outcome, "told") == 2,
              "%d of 2 workers saw the end of their channels when the parent had been killed.",
              (int)answered(&outcome, "told"));
    expect_clean(&outcome);
}

AFTER_ENDS(an_idle_end_wakes_the_parent, 3,
           "the end of an idle worker wakes crew_wait(), which sleeps until then")
{
    enum { MOST_SLEEPS = 8, MOST_CPU_US = 20000 };
    struct outcome outcome = drive("idle_end", (struct drive){0});
    expect_ended(&outcome,
                 "An idle worker was killed while its parent was in crew_wait(crew, -1000, &event). "
                 "Nothing is sent then: the end itself has to wake the parent.");
    expect_event(&outcome, "over", CREW_DIED, 0,
                 "An idle worker was killed while its parent slept. A negative number waits for ever.");
    cr_expect(answered(&outcome, "sleeps") <= MOST_SLEEPS,
              "In a fifth of a second crew_wait() went to sleep %d times, expected once or twice. Do not "
              "sleep and look again: poll(2) can wait for all channels and all ends at once, if each "
              "worker has a process file descriptor (pidfd_open(2)).",
              (int)answered(&outcome, "sleeps"));
    cr_expect(
        answered(&outcome, "cpu_us") <= MOST_CPU_US,
        "crew_wait() used %d ms of processor time in a fifth of a second in which nothing happened: "
        "it has to sleep. Does poll(2) come back at once, for something that stays as it is?",
        (int)answered(&outcome, "cpu_us") / 1000);
    expect_clean(&outcome);
}

AFTER_ENDS(messages_come_before_the_end, 3, "what a worker has sent comes before its end")
{
    struct outcome outcome = drive("last_words", (struct drive){0});
    expect_ended(&outcome, "A worker sent three messages and ended.");
    const char *hint =
        "Both are there at once, the messages and the end: first ask the channel, and tell "
        "the end when nothing more can come from it.";
    int heard = (int)answered(&outcome, "heard");
    cr_assert(
        heard == 3,
        "A worker sent three messages and was killed, before its parent looked, with crew_wait(crew, "
        "0, &event). %s %s",
        heard == -1 ? "Not every call gave 1 until the end, or a message came out of order."
                    : arguments("%d of them came before the end.", heard),
        hint);
    cr_expect(
        answered(&outcome, "right") == answered(&outcome, "rounds"),
        "Of more workers, which sent three messages and ended while their parent looked, %d of %d were "
        "heard in full. %s",
        (int)answered(&outcome, "right"), (int)answered(&outcome, "rounds"), hint);
    expect_clean(&outcome);
}

AFTER_ENDS(messages_have_any_size, 3,
           "a message may be large or empty; if there is no memory for it, it is kept")
{
    struct outcome outcome = drive("sizes", (struct drive){.find_leaks = true});
    expect_ended(&outcome,
                 "Messages of 1 MiB, of 0 bytes and of 5 bytes were sent back by a worker. (A worker "
                 "that sends a message "
                 "waits until all of it is received; EMSGSIZE of channel_receive() is not its end.)");
    int64_t first = answered(&outcome, "first");
    cr_assert(first == 1 || failed_with(&outcome, "first", ENOMEM),
              "There was no memory for a message of 1 MiB, and crew_wait() %s, expected -1 (ENOMEM).",
              result_text(&outcome, "first"));
    cr_assert(answered(&outcome, "large") == 1 && answered(&outcome, "large_news") == CREW_MESSAGE,
              "crew_wait() %s and told %s, expected 1 and CREW_MESSAGE: a message of 1 MiB%s.",
              result_text(&outcome, "large"), news_name(answered(&outcome, "large_news")),
              first == -1 ? ", for which there had been no memory at the first call, and was now. The "
                            "channel keeps it; the worker is well, and stays"
                          : ". EMSGSIZE of channel_receive() is not the end: make room, receive again");
    cr_assert(
        answered(&outcome, "large_same"),
        "The message of 1 MiB was not as it had been sent (its size was %d). Is there room for a "
        "message of any size (EMSGSIZE of channel_receive() tells how much it takes)? It stays where "
        "event.message points to until the next crew_wait().",
        (int)answered(&outcome, "large_size"));
    expect_event(&outcome, "empty", CREW_MESSAGE, 0, "A message of 0 bytes is a message.");
    cr_expect(answered(&outcome, "empty_size") == 0,
              "A message of 0 bytes came with a size of %d (-1: event.message was NULL).",
              (int)answered(&outcome, "empty_size"));
    expect_event(&outcome, "small", CREW_MESSAGE, 0, "A message of 5 bytes came after a large one.");
    cr_expect(answered(&outcome, "small_same"), "The message of 5 bytes was not as it had been sent.");
    expect_clean(&outcome);
}

AFTER("messages_come_before_the_end", half_a_message_is_none, 2,
      "a worker that ends in the middle of a message has not sent it")
{
    struct outcome outcome = drive("leftovers", (struct drive){.arguments = "child=0 half=1"});
    const char *hint = "A worker was killed when it had sent the beginning of a message: -1 (EBADMSG) of "
                       "channel_receive(). There is nothing to tell but its end.";
    expect_ended(&outcome, hint);
    expect_event(&outcome, "over", CREW_DIED, 0, hint);
    expect_clean(&outcome);
}

AFTER("an_idle_end_wakes_the_parent", children_of_a_worker_hide_nothing, 3,
      "a worker's end is seen even if children of its own live on")
{
    struct outcome outcome = drive("leftovers", (struct drive){.arguments = "child=1 half=0"});
    const char *hint = "A worker sent a message and ended. It had started a child, which has inherited "
                       "the worker's end of the channel and lives on: so the end of the channel does not "
                       "come. The end of the process does: pidfd_open(2). (If the program waits in recv, "
                       "it receives although no message is there.)";
    expect_ended(&outcome, hint);
    expect_event(&outcome, "message", CREW_MESSAGE, 0, hint);
    expect_event(&outcome, "over", CREW_LEFT, 0, hint);
    cr_expect(answered(&outcome, "over_code") == 4, "event.exit_code was %d, expected 4.",
              (int)answered(&outcome, "over_code"));
    expect_clean(&outcome);
    outcome = drive("leftovers", (struct drive){.arguments = "child=1 half=1"});
    hint =
        "A worker was killed in the middle of a message, and a child of its own, which has inherited "
        "the worker's end of the channel, lives on. Nobody sends the rest, so do not wait for it: once "
        "the worker has ended, shutdown(2) of the parent's end keeps what has come and brings the end.";
    expect_ended(&outcome, hint);
    expect_event(&outcome, "over", CREW_DIED, 0, hint);
    expect_clean(&outcome);
}

AFTER("children_of_a_worker_hide_nothing", a_silent_worker_is_killed, 3,
      "a worker that closes its channel has a second to end; meanwhile the others are heard")
{
    struct outcome outcome;
    // On a machine that is busy enough, the second is over before the one that ends soon gets to run.
    for (int attempt = 0; attempt < 3; attempt++) {
        outcome = drive("silent", (struct drive){0});
        expect_ended(
            &outcome,
            "Two workers closed their channels. One ended soon. The other one did not end: "
            "after a second it has to be killed, and crew_wait() has to tell it. (The end of their "
            "channels comes only if no other process has the workers' ends, the parent too.)");
        if (part(&outcome, "soon", "news") == CREW_LEFT)
            break;
    }
    cr_assert(
        answered(&outcome, "look") == 0,
        "Two workers had closed their channels just now, and crew_wait(crew, 0, &event) %s, expected "
        "0: they have a second to end, and 0 does not wait for that.",
        result_text(&outcome, "look"));
    expect_event(&outcome, "talk", CREW_MESSAGE, 1,
                 "Workers 0 and 2 had closed their channels and had a second to end; meanwhile worker 1 "
                 "sent a message.");
    expect_event(&outcome, "soon", CREW_LEFT, 2,
                 "It had closed its channel, and returned 5 soon afterwards, well within a second.");
    cr_expect(answered(&outcome, "soon_code") == 5, "event.exit_code of seat 2 was %d, expected 5.",
              (int)answered(&outcome, "soon_code"));
    expect_event(&outcome, "late", CREW_DIED, 0, "It had closed its channel, and did not end.");
    cr_expect(answered(&outcome, "late_code") == -SIGKILL, "event.exit_code was %d, expected %d.",
              (int)answered(&outcome, "late_code"), -SIGKILL);
    cr_expect(answered(&outcome, "after_us") >= 1000000,
              "A worker that had closed its channel was killed after %d ms, expected a second at least.",
              (int)answered(&outcome, "after_us") / 1000);
    expect_clean(&outcome);
}

AFTER_ENDS(everybody_is_heard, 3, "a worker that sends without pause keeps nobody else from being heard")
{
    enum { MOST_EVENTS = 50 };
    for (int seat = 0; seat < 3; seat++) {
        struct outcome outcome = drive("flood", (struct drive){.arguments = arguments("seat=%d", seat)});
        expect_ended(&outcome,
                     arguments("Worker %d sent without pause. Of the others, one sent a message "
                               "and one ended.",
                               seat));
        cr_assert(
            answered(&outcome, "events") <= MOST_EVENTS,
            "Worker %d sent without pause. Of the others, one had sent a message and one had ended. "
            "In %d calls crew_wait() told %s. Begin to look behind the seat that was told last.",
            seat, (int)answered(&outcome, "events"),
            !answered(&outcome, "heard")
                ? "nothing of the one that had sent"
                : (answered(&outcome, "ended") ? "both, late" : "nothing of the one that had ended"));
        cr_assert(answered(&outcome, "heard") && answered(&outcome, "ended"),
                  "crew_wait() did not give 1 while worker %d sent without pause.", seat);
        expect_clean(&outcome);
    }
}

AFTER_ENDS(timeouts_are_kept, 4, "crew_wait() waits as long as it is told; signals do not shorten that")
{
    struct outcome outcome =
        drive("timeouts", (struct drive){.arguments = arguments("times=%d", (int)random_between(2, 5))});
    expect_ended(&outcome, "crew_wait() was called with several timeouts while nobody sent anything, and "
                           "with -1000 and with an hour when a message was on its way.");
    const char *const idle[][2] = {
        {"look", "crew_wait(crew, 0, &event)"},
        {"short", "One of ten calls crew_wait(crew, 7, &event)"},
        {"interrupted", "crew_wait(crew, 7, &event), which signals interrupted,"},
        {"signals", "crew_wait(crew, 15, &event), with a signal each ms,"}};
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        cr_assert(
            answered(&outcome, idle[i][0]) == 0,
            "%s %s, expected 0: nobody had sent anything. A call that waits fails with EINTR when a "
            "signal was caught: go on with the time that is left.",
            idle[i][1], result_text(&outcome, idle[i][0]));
    const char *const least[][3] = {{"short_us", "7", ""},
                                    {"interrupted_us", "7", " Signals interrupted it."},
                                    {"signals_us", "15", " Signals came meanwhile."}};
    const int us[] = {7000, 7000, 15000};
    for (size_t i = 0; i < sizeof us / sizeof *us; i++)
        cr_expect(answered(&outcome, least[i][0]) >= us[i],
                  "crew_wait(crew, %s, &event) gave up after %d microseconds.%s Is the time that is left "
                  "rounded down to milliseconds?",
                  least[i][1], (int)answered(&outcome, least[i][0]), least[i][2]);
    cr_expect(answered(&outcome, "ticks") < 600,
              "crew_wait(crew, 15, &event) went on for as long as signals came, 600 of them, one in a "
              "millisecond. After EINTR, wait for the time that is left, and not for all of it again.");
    expect_event(
        &outcome, "message", CREW_MESSAGE, 0,
        "A message was on its way; the timeout was -1000 (a negative number: for ever), and signals "
        "interrupted the wait.");
    expect_event(&outcome, "hour", CREW_MESSAGE, 1, "The timeout was an hour, the message came at once.");
    expect_error(&outcome, "empty_look", "When all seats were empty, crew_wait(crew, 0, &event)", ECHILD);
    expect_error(&outcome, "empty_wait", "When all seats were empty, crew_wait() with a timeout", ECHILD);
    expect_clean(&outcome);
}

static void expect_replacement(void)
{
    int number = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("replace", (struct drive){.arguments = arguments("number=%d", number)});
    expect_ended(&outcome,
                 "A worker was killed, its end was told, and crew_replace() started another one.");
    cr_assert(answered(&outcome, "replace") == 0, "crew_replace() of an empty seat %s, expected 0.",
              result_text(&outcome, "replace"));
    expect_error(&outcome, "running", "While the worker ran, crew_replace()", EBUSY);
    expect_error(&outcome, "untold",
                 "When the worker had been killed, and its end had not been told yet, crew_replace()",
                 EBUSY);
    expect_error(&outcome, "negative", "crew_replace(crew, -1)", EINVAL);
    expect_error(&outcome, "beyond", "crew_replace(crew, 2) for a crew of 2", EINVAL);
    cr_expect(answered(&outcome, "new_pid"), "crew_pid() of the seat gave 0, or the dead worker's pid.");
    cr_expect(answered(&outcome, "same_neighbour"), "crew_pid() of the other seat has changed.");
    expect_event(&outcome, "message", CREW_MESSAGE, 1, "The new worker sends a message.");
    cr_expect(
        answered(&outcome, "got") == number + 1,
        "The argument had changed from %d to %d before crew_replace(), and the new worker saw %d. It "
        "is not copied.",
        number, number + 1, (int)answered(&outcome, "got"));
    cr_assert(answered(&outcome, "told"),
              "crew_dismiss() was called, the workers ended, and crew_wait() did not tell it.");
    cr_expect(answered(&outcome, "tasks") == 1,
              "The worker before had done 1 task, the new one 1, and event.tasks of the new one was %d, "
              "expected 1.",
              (int)answered(&outcome, "tasks"));
    expect_error(&outcome, "dismissed", "After crew_dismiss(), crew_replace() of an empty seat",
                 ESHUTDOWN);
    expect_clean(&outcome);
}

AFTER_ENDS(a_worker_is_replaced, 4, "an empty seat, and no other, is filled by crew_replace()")
{
    expect_replacement();
    struct outcome outcome = drive("succession", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Workers were killed, returned, called exit(0), and were replaced, 30 "
                           "times.");
    cr_assert(answered(&outcome, "right") == 30,
              "%d of 30 workers that were started by crew_replace() sent their message back.",
              (int)answered(&outcome, "right"));
    cr_expect(
        answered(&outcome, "right_ends") == 30,
        "Workers were killed, returned, and called exit(0), and their successors did, too. %d of 30 "
        "ends were told as what they were (CREW_LEFT after a return, else CREW_DIED). What a seat "
        "knows of its worker begins anew with each one.",
        (int)answered(&outcome, "right_ends"));
    cr_expect(answered(&outcome, "more") == 0,
              "After 30 replacements the parent had %d descriptors more. Close what belonged to the old "
              "worker, its channel and its process file descriptor, and the new worker's end once it is "
              "started.",
              (int)answered(&outcome, "more"));
    expect_nothing_closed_twice(&outcome);
    expect_clean(&outcome);
}

// The worker in seat 2 of a crew that had begun empty is like any other: it answers, and it leaves.
static void expect_shift(const struct outcome *outcome, const char *message, const char *over)
{
    const char *hint =
        "A crew had begun empty, crew_replace() had filled seat 2, and its worker was sent "
        "a letter. It sends the letter back and returns 7; nobody else has anything to say.";
    expect_event(outcome, message, CREW_MESSAGE, 2, hint);
    cr_expect(part(outcome, message, "size") == 1,
              "The worker in seat 2 sent back a letter, and event.size was %d, expected 1.",
              (int)part(outcome, message, "size"));
    expect_event(outcome, over, CREW_LEFT, 2, hint);
    cr_expect(part(outcome, over, "code") == 7,
              "The worker in seat 2 returned 7, and event.exit_code was %d, expected 7.",
              (int)part(outcome, over, "code"));
}

static void expect_filled(const struct outcome *outcome, const char *name, const char *call)
{
    cr_assert(answered(outcome, name) == 0,
              "%s %s, expected 0. A seat that was never filled is as empty as one that was left.", call,
              result_text(outcome, name));
}

static void expect_filling(const struct outcome *outcome)
{
    cr_assert(answered(outcome, "created"), "crew_create() of an empty crew gave NULL, expected a crew.");
    cr_assert(answered(outcome, "childless"),
              "crew_create() with options.empty had started a process, expected none: crew_replace() "
              "starts whoever is wanted.");
    cr_expect(answered(outcome, "taken") == 0,
              "crew_pid() gave a pid for %d of the 3 seats of an empty crew, expected 0.",
              (int)answered(outcome, "taken"));
    expect_error(outcome, "look", "For a crew that nobody was in yet, crew_wait(crew, 0, &event)",
                 ECHILD);
    expect_error(outcome, "wait", "For a crew that nobody was in yet, crew_wait(crew, -1, &event)",
                 ECHILD);
    expect_error(outcome, "send", "crew_send() to a seat that nobody was in yet", EPIPE);
    expect_filled(outcome, "first", "crew_replace(crew, 2) for a crew that nobody was in yet");
    expect_filled(outcome, "second", "crew_replace(crew, 0) with a worker in seat 2 only");
    cr_expect(answered(outcome, "taken_then") == 2,
              "crew_replace() had been called for two of three seats, and crew_pid() gave a pid for %d, "
              "expected 2.",
              (int)answered(outcome, "taken_then"));
    expect_shift(outcome, "message", "over");
    cr_expect(answered(outcome, "taken_later") == 1,
              "Of two workers one had left, and crew_pid() gave a pid for %d seats, expected 1.",
              (int)answered(outcome, "taken_later"));
    cr_expect(answered(outcome, "idle") == 0,
              "Seat 0 had an idle worker, seat 1 was never filled, seat 2 was empty again, and "
              "crew_wait(crew, 0, &event) %s, expected 0.",
              result_text(outcome, "idle"));
    expect_filled(outcome, "again", "crew_replace(crew, 2) when its worker had left");
    expect_shift(outcome, "message_again", "over_again");
}

AFTER("a_worker_is_replaced", a_crew_may_begin_empty, 4,
      "crew_create() of an empty crew starts nobody; crew_replace() fills its seats, one by one")
{
    struct outcome outcome = drive("empty_crew", (struct drive){.find_leaks = true});
    expect_ended(
        &outcome,
        "A crew of 3 was made with options.empty. For it, crew_wait(crew, -1, &event) has to fail "
        "with ECHILD at once, as always when all seats are empty. Then crew_replace() filled "
        "seats 2 and 0. Worker 2 answered a message and left, and so did its successor; worker 0 "
        "saw the end of its channel in crew_stop(crew, -1).");
    expect_filling(&outcome);
    cr_expect(
        answered(&outcome, "stop") == 0 && !answered(&outcome, "left_children"),
        "A crew had an idle worker in seat 0, and nobody in the two others. crew_stop(crew, -1) %s, "
        "expected 0, and %s.",
        result_text(&outcome, "stop"),
        answered(&outcome, "left_children") ? "the worker was still there" : "nobody was left");
    expect_clean(&outcome);
    outcome = drive("empty_crews", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Crews that nobody was ever in were stopped, with crew_stop(crew, -1) and "
                           "crew_stop(crew, 0), and released. There is nobody to wait for.");
    cr_expect(answered(&outcome, "patient") == 0 && answered(&outcome, "impatient") == 0,
              "crew_stop() of a crew that nobody was ever in gave %d with -1 and %d with 0, expected 0: "
              "there is nobody to be sent a signal.",
              (int)answered(&outcome, "patient"), (int)answered(&outcome, "impatient"));
    cr_expect(!answered(&outcome, "left_children"), "Crews that begin empty had left a process.");
    cr_expect(answered(&outcome, "left") == 0, "By three crews that nobody was ever in, %s.",
              descriptors_left(answered(&outcome, "left")));
    expect_nothing_closed_twice(&outcome);
    expect_clean(&outcome);
}

static const struct {
    const char *call;
    int error;
} faults[] = {{"fork()", EAGAIN}, {"socketpair()", EMFILE}, {"malloc()", ENOMEM}, {"mmap()", ENOMEM}};
enum { FAULTS = sizeof faults / sizeof *faults };

// What must be true after the 1st, the 2nd ... call of a kind has failed in `function`.
static void expect_no_trace(const struct outcome *outcome, const char *function, const char *call,
                            int error)
{
    cr_assert(answered(outcome, "wrong_errors") == 0,
              "%s failed in %s with %s, and the errno afterwards was %s. Keep it while you clean up.",
              call, function, error_name(error), error_name(answered(outcome, "error")));
    cr_assert(answered(outcome, "children") == 0,
              "After the 1st, the 2nd ... %s had failed in %s, workers were left: end those that were "
              "started before, and reap them.",
              call, function);
    cr_assert(answered(outcome, "descriptors") == 0,
              "After the 1st, the 2nd ... %s had failed in %s, %s, counted over all attempts.", call,
              function, descriptors_left(answered(outcome, "descriptors")));
    cr_assert(answered(outcome, "kills_of_many") + answered(outcome, "kills_of_others") +
                      answered(outcome, "kills_on_reaped") ==
                  0,
              "After %s had failed in %s, kill() was called for a pid that was none of the workers'.",
              call, function);
    expect_nothing_closed_twice(outcome);
    expect_clean(outcome);
}

AFTER_ENDS(a_failed_start_leaves_nothing, 5,
           "if crew_create() fails, at whatever worker, nothing is left")
{
    for (int i = 0; i < FAULTS; i++) {
        struct outcome outcome = drive(
            "failing_create", (struct drive){.arguments = arguments("call=%d", i), .find_leaks = true});
        expect_ended(&outcome,
                     arguments("%s failed in crew_create(), at each place once.", faults[i].call));
        cr_assert(answered(&outcome, "failures") > 0 || i >= 2,
                  "%s failed in crew_create(), which gave a crew all the same.", faults[i].call);
        cr_assert(answered(&outcome, "created"),
                  "crew_create() did not give a crew when nothing failed.");
        expect_no_trace(&outcome, "crew_create()", faults[i].call, faults[i].error);
    }
}

AFTER("a_worker_is_replaced", a_failed_replacement_can_be_repeated, 3,
      "if crew_replace() fails, the seat is empty as before, and can be filled later")
{
    for (int i = 0; i < FAULTS; i++) {
        struct outcome outcome = drive(
            "failing_replace", (struct drive){.arguments = arguments("call=%d", i), .find_leaks = true});
        expect_ended(&outcome, arguments("%s failed in crew_replace(), at each place once; then nothing "
                                         "did, and the new worker was sent a message.",
                                         faults[i].call));
        cr_assert(answered(&outcome, "replaced"),
                  "%s had failed in crew_replace(); later it did not, and the seat was not filled.",
                  faults[i].call);
        cr_assert(answered(&outcome, "occupied") == 0,
                  "%s failed in crew_replace(), and crew_pid() gave a pid afterwards, expected 0.",
                  faults[i].call);
        cr_assert(
            answered(&outcome, "talks"),
            "%s had failed in crew_replace(). Later it did not, and the new worker did not send back "
            "its message.",
            faults[i].call);
        expect_no_trace(&outcome, "crew_replace()", faults[i].call, faults[i].error);
    }
}

AFTER("a_worker_is_replaced", few_descriptors_are_an_error, 3,
      "if there is no descriptor left, the call fails with EMFILE, and nothing is left")
{
    struct outcome outcome = drive("few_descriptors", (struct drive){0});
    const char *call = "the next call that makes a descriptor (socketpair(2) or pidfd_open(2))";
    expect_ended(&outcome, "crew_create() was called with room for 0, for 1, for 2 ... descriptors. When "
                           "it gave a crew, one of the workers was killed, and its end was waited for.");
    cr_assert(answered(&outcome, "failures") > 0 && answered(&outcome, "created"),
              "crew_create() did not fail without descriptors, or did with 40.");
    cr_assert(answered(&outcome, "noticed"),
              "When there were just enough descriptors, a worker's end was not noticed.");
    expect_no_trace(&outcome, "crew_create()", call, EMFILE);
    outcome = drive("few_descriptors", (struct drive){.arguments = "replace=1"});
    expect_ended(&outcome,
                 "crew_replace() was called with room for 0, for 1, for 2 ... descriptors. When "
                 "it gave 0, the new worker was sent a message and then killed.");
    cr_assert(answered(&outcome, "occupied") == 0 && answered(&outcome, "talks"),
              "crew_replace() had failed for lack of descriptors. %s",
              answered(&outcome, "occupied")
                  ? "Then crew_pid() gave a pid, expected 0."
                  : "When there were enough, the new worker did not send back its message.");
    expect_no_trace(&outcome, "crew_replace()", call, EMFILE);
}

// A worker with so many tasks is given `given` of them; it dies in the task `last`, unless that is 0.
static void expect_tasks(int tasks, int given, int last)
{
    struct outcome outcome = drive(
        "tasks", (struct drive){.arguments = arguments("tasks=%d given=%d last=%d", tasks, given, last)});
    int done = last > 0 ? last - 1 : given;
    bool retired = tasks > 0 && done == tasks;
    expect_ended(&outcome, arguments("A worker with tasks_per_worker %d was given %d tasks.%s", tasks,
                                     given, last > 0 ? " It died in the last one." : ""));
    cr_assert(answered(&outcome, "right") == done,
              "For %d of %d tasks worker->tasks_left was right, before crew_task_done() and afterwards. "
              "tasks_per_worker was %d: it begins there and counts down by 1 (0: it is INT64_MAX, and "
              "stays).",
              (int)answered(&outcome, "right"), done, tasks);
    cr_assert(answered(&outcome, "more") == done - retired,
              "Of %d calls of crew_task_done() %d gave true, expected %d: tasks_per_worker was %d.", done,
              (int)answered(&outcome, "more"), done - retired, tasks);
    expect_event(&outcome, "over", last > 0 ? CREW_DIED : CREW_LEFT, 0,
                 last > 0 ? "It was killed." : "Its body returned.");
    cr_assert(answered(&outcome, "over_tasks") == done,
              "A worker had done %d tasks%s, and event.tasks was %d. Count them in memory that both "
              "processes share, so that the number outlives the worker.",
              done, last > 0 ? " and was killed in the next" : "", (int)answered(&outcome, "over_tasks"));
    expect_clean(&outcome);
}

AFTER_ENDS(tasks_are_counted, 3, "a worker counts its tasks down to none; how many it did outlives it")
{
    int tasks = (int)random_between(2, 6);
    expect_tasks(tasks, tasks, 0);
    expect_tasks(1, 1, 0);
    expect_tasks(0, tasks, 0);
    expect_tasks(tasks + 2, tasks, tasks);
    expect_tasks(0, 3, 3);
}

AFTER("a_worker_is_replaced", a_retiring_worker_loses_nothing, 3,
      "workers retire in the middle of a stream of tasks: each task is done once")
{
    const int limits[] = {1, 7};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct outcome outcome =
            drive("stream", (struct drive){.arguments = arguments("tasks=%d", limits[i])});
        expect_ended(&outcome,
                     arguments("100 tasks were given to three workers, which retired after %d and "
                               "were replaced.",
                               limits[i]));
        cr_expect(
            answered(&outcome, "once") == 100 && answered(&outcome, "replies") == 100,
            "%d of 100 tasks were done once, and %d replies came. Each worker retired after %d tasks; "
            "its last reply comes before its end.",
            (int)answered(&outcome, "once"), (int)answered(&outcome, "replies"), limits[i]);
        cr_expect(answered(&outcome, "wrong_ends") == 0,
                  "%d of %d workers that retired were not told as CREW_LEFT with event.tasks %d.",
                  (int)answered(&outcome, "wrong_ends"), (int)answered(&outcome, "ends"), limits[i]);
        expect_clean(&outcome);
    }
}

AFTER_ENDS(a_dismissed_crew_sees_the_end, 3,
           "crew_dismiss() ends all channels for everybody and does not wait; the ends are told")
{
    struct outcome outcome = drive("dismiss", (struct drive){0});
    expect_ended(&outcome,
                 "A crew was dismissed, and its workers were to see the end of their channels. Another "
                 "child of the parent had inherited the parent's ends, so close() was not enough: "
                 "shutdown(2). crew_dismiss() itself does not wait.");
    expect_error(&outcome, "send", "After crew_dismiss(), crew_send()", EPIPE);
    int seat = (int)answered(&outcome, "first_seat");
    const char *hint = "The crew had been dismissed, and both workers returned. What worker 0 had sent "
                       "before, and was not told, is lost.";
    expect_event(&outcome, "first", CREW_LEFT, seat == 1, hint);
    expect_event(&outcome, "second", CREW_LEFT, seat != 1, hint);
    expect_error(&outcome, "empty", "When both ends had been told, crew_wait()", ECHILD);
    expect_clean(&outcome);
}

AFTER_ENDS(stopping_waits_for_the_slow, 3,
           "crew_stop() with a negative number waits for ever and sends no signal")
{
    struct outcome outcome = drive("stop_waits", (struct drive){0});
    expect_ended(&outcome,
                 "Two workers were to see the end of their channels, and took their time to "
                 "return; crew_stop(crew, -1000) waited for them. (A process that waits in recv "
                 "has not seen that end.)");
    cr_expect(
        answered(&outcome, "stop") == 0,
        "crew_stop(crew, -1000) %s, expected 0: a negative number waits for ever, and nobody is sent "
        "a signal.",
        result_text(&outcome, "stop"));
    cr_expect(answered(&outcome, "signals") == 0, "Workers were sent SIGTERM, %d times.",
              (int)answered(&outcome, "signals"));
    cr_expect(answered(&outcome, "finished") == 2,
              "%d of 2 workers could finish: crew_stop() has to wait until their bodies return.",
              (int)answered(&outcome, "finished"));
    cr_expect(answered(&outcome, "reaped") && answered(&outcome, "pid") == 0,
              "After crew_stop() a worker was a zombie, or crew_pid() gave its pid.");
    expect_clean(&outcome);
}

AFTER("stopping_waits_for_the_slow", stopping_loses_patience, 5,
      "who does not end is sent SIGTERM, then SIGKILL; who ends in time is sent nothing")
{
    struct outcome outcome;
    // How long a process waits for the processor nobody knows: more patience, before anybody is judged.
    for (int patience = 50; patience <= 800; patience *= 4) {
        outcome =
            drive("stop_escalates", (struct drive){.arguments = arguments("patience=%d", patience)});
        expect_ended(&outcome,
                     "Of four workers one ended at the end of its channel, one only by SIGTERM; "
                     "one ignored SIGTERM, and one was stopped: these take SIGKILL.");
        cr_expect(answered(&outcome, "us") >= 2000L * patience,
                  "crew_stop(crew, %d) returned after %d ms. Two workers did not react to SIGTERM: they "
                  "have %d ms for that, after %d ms for the end of the channel.",
                  patience, (int)answered(&outcome, "us") / 1000, patience, patience);
        cr_expect(answered(&outcome, "childless"),
                  "After crew_stop(crew, %d) a worker was still there: one ignored SIGTERM, one was "
                  "stopped. SIGKILL ends both; then reap them.",
                  patience);
        expect_clean(&outcome);
        if (answered(&outcome, "cleaned") == 1 && answered(&outcome, "polite") == 1 &&
            answered(&outcome, "signals") == 0)
            break;
    }
    cr_expect(answered(&outcome, "signals") == 0 && answered(&outcome, "polite") == 1,
              "A worker whose body returns at the end of its channel %s: close the channels first, and "
              "wait.",
              answered(&outcome, "signals") ? "was sent SIGTERM" : "did not see that end");
    cr_expect(answered(&outcome, "cleaned") == 1,
              "A worker that handles SIGTERM could not do so: send SIGTERM first, and SIGKILL only after "
              "as much time again.");
    cr_expect(answered(&outcome, "stop") == 3,
              "Three of four workers had to be sent a signal, and crew_stop() %s.",
              result_text(&outcome, "stop"));
}

AFTER("stopping_waits_for_the_slow", stopping_may_come_at_any_time, 3,
      "a crew may be stopped at once, stopped twice, released while it runs")
{
    struct outcome outcome = drive("stop_now", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Workers that do not look at their channels were stopped with crew_stop(crew, "
                           "0), and then by crew_release().");
    cr_expect(
        answered(&outcome, "stop") == 2,
        "Two workers did not look at their channels. crew_stop(crew, 0) %s, expected 2: so many are "
        "sent a signal.",
        result_text(&outcome, "stop"));
    cr_expect(answered(&outcome, "childless"), "After crew_stop(crew, 0) a worker was still there.");
    cr_expect(answered(&outcome, "pid") == 0, "After crew_stop() crew_pid() gave %d, expected 0.",
              (int)answered(&outcome, "pid"));
    expect_error(&outcome, "send", "After crew_stop(), crew_send()", EPIPE);
    expect_error(&outcome, "empty", "After crew_stop(), crew_wait()", ECHILD);
    expect_error(&outcome, "replace", "After crew_stop(), crew_replace()", ESHUTDOWN);
    cr_expect(answered(&outcome, "again") == 0, "The second crew_stop() %s, expected 0.",
              result_text(&outcome, "again"));
    cr_expect(answered(&outcome, "errno") == 77, "crew_release() changed errno.");
    cr_expect(answered(&outcome, "released"), "crew_release() of a running crew left workers.");
    cr_expect(answered(&outcome, "left") == 0, "At the end %s.",
              descriptors_left(answered(&outcome, "left")));
    expect_clean(&outcome);
}

AFTER("a_worker_is_replaced", strangers_are_left_alone, 2,
      "only the crew's own workers are waited for and sent signals")
{
    struct outcome outcome = drive("strangers", (struct drive){0});
    expect_ended(&outcome, "A crew was made, its workers were killed, replaced and stopped.");
    cr_expect(answered(&outcome, "stranger") == 9,
              "The parent had another child, which was none of the crew's and had returned 9. Its status "
              "was gone afterwards: wait() and waitpid(-1, ...) take any child's. Name the pid.");
    cr_expect(
        answered(&outcome, "handlers") == 0,
        "What SIGCHLD or SIGPIPE does was changed. That is the whole program's business, and crew_wait() "
        "needs no signal.");
    cr_expect(
        answered(&outcome, "kills_on_reaped") + answered(&outcome, "kills_of_many") +
                answered(&outcome, "kills_of_others") ==
            0,
        "kill() was called for a pid that was none of the workers', or no longer (its status had been "
        "taken): that may be anybody. process_kill() of a handle asks first.");
    cr_expect(answered(&outcome, "waits_on_reaped") == 0,
              "waitpid() was called for a pid whose status had been taken already.");
    expect_nothing_closed_twice(&outcome);
    expect_clean(&outcome);
}

AFTER("stopping_waits_for_the_slow", many_crews_leave_nothing, 2,
      "30 crews one after the other, beside another one, leave nothing")
{
    struct outcome outcome = drive("crews", (struct drive){.find_leaks = true});
    expect_ended(&outcome,
                 "30 crews were made and stopped one after the other, while another one lived.");
    cr_expect(answered(&outcome, "right") == answered(&outcome, "expected"),
              "%d of %d calls of crew_wait() and crew_stop() gave what they should.",
              (int)answered(&outcome, "right"), (int)answered(&outcome, "expected"));
    cr_expect(answered(&outcome, "left") == 0, "By 31 crews, %s.",
              descriptors_left(answered(&outcome, "left")));
    cr_expect(
        answered(&outcome, "memory") == 0,
        "By 31 crews, %d bytes of shared memory were kept. crew_release() releases what the crew has "
        "mapped (memory_release()), too.",
        (int)answered(&outcome, "memory"));
    cr_expect(answered(&outcome, "childless"), "Workers were left, running or as zombies.");
    expect_clean(&outcome);
}

AFTER_ENDS(misuse_is_refused, 2, "numbers that cannot be are errors with errno")
{
    struct outcome outcome = drive("misuse", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Functions were called with numbers that cannot be.");
    const char *const options[] = {"workers 0", "workers -1", "workers CREW_MOST_WORKERS + 1",
                                   "tasks_per_worker -1", "body NULL"};
    for (int i = 0; i < 5; i++) {
        const char *name = arguments("create_%d", i);
        cr_expect(failed_with(&outcome, name, EINVAL),
                  "crew_create() with %s gave %s, expected NULL with errno EINVAL.", options[i],
                  answered(&outcome, name) == -1 ? "NULL with another errno" : "a crew");
    }
    cr_expect(answered(&outcome, "pid_negative") == 0 && answered(&outcome, "pid_beyond") == 0,
              "crew_pid() of seat -1 gave %d, of seat 2 of 2 %d, expected 0: there are no such seats.",
              (int)answered(&outcome, "pid_negative"), (int)answered(&outcome, "pid_beyond"));
    expect_error(&outcome, "send_negative", "crew_send() to seat -1", EINVAL);
    expect_error(&outcome, "send_beyond", "crew_send() to seat 2 of a crew of 2", EINVAL);
    expect_error(&outcome, "too_large", "crew_send() of more than CHANNEL_SIZE_MAX bytes", EMSGSIZE);
    expect_clean(&outcome);
}

GRADED_SPEEDUP("ends_are_told", lifetime, two_workers_are_faster, 7,
               "two workers, which are given the items one at a time, are faster than one",
               .drive = "speed", .work = WORK_COMPUTING, .workers = 2)
