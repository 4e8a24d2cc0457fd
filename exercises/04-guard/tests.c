// What guard.h promises, sentence by sentence.
#include "examiner.h"
#include "guard.h"
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

// As in driver.c.
enum { GUARD_RETURNED = 98, NO_STATUS = -1000, MIB = 1024 * 1024 };

// "exit status 7", or "the end by signal 9 (Killed)".
static const char *status_text(const struct outcome *outcome)
{
    int status = (int)answered(outcome, "status");
    if (status == NO_STATUS)
        return "no status at all (waitpid() failed: has the module waited for it?)";
    if (status == GUARD_RETURNED)
        return "a guard_main() that returned, where it has to run the function and end the process";
    return status < 0 ? arguments("the end by signal %d (%s)", -status, strsignal(-status))
                      : arguments("exit status %d", status);
}

static void expect_started(const struct outcome *outcome)
{
    cr_assert(answered(outcome, "start") == 0, "spawn_start() %s, expected 0.",
              result_text(outcome, "start"));
}

static void expect_survived(const struct outcome *outcome, const char *what)
{
    int status = outcome->report.wait_status;
    cr_assert(!WIFSIGNALED(status) || WTERMSIG(status) != SIGPIPE,
              "%s, and SIGPIPE ended the caller, which was sending: send() with MSG_NOSIGNAL gives EPIPE "
              "instead.",
              what);
    expect_answer(outcome);
}

// For a start that fails: what the header promises of each of them.
static void expect_failed(const struct outcome *outcome, int error, const char *what)
{
    expect_survived(outcome, what);
    cr_assert(failed_with(outcome, "start", error), "%s: spawn_start() %s, expected -1 (%s).", what,
              result_text(outcome, "start"), error_name(error));
    cr_assert(
        answered(outcome, "pid") == 0,
        "%s: spawn_start() failed and left %d in `pid`, expected 0: nobody must wait for it, or send "
        "it signals.",
        what, (int)answered(outcome, "pid"));
    cr_assert(answered(outcome, "message"),
              "%s: spawn_start() failed and has put no text into `message` (or no '\\0' at its end).",
              what);
    cr_assert(!answered(outcome, "message") || answered(outcome, "names_function"),
              "%s: the message does not name the function.", what);
    cr_assert(answered(outcome, "descriptors_left") == 0,
              "%s: after spawn_start() had failed, %d descriptors more than before were open.", what,
              (int)answered(outcome, "descriptors_left"));
    expect_clean(outcome);
}

GRADED(guard, function_runs, 9, "a function runs in a spawned process, which the caller waits for")
{
    int number = (int)random_between(1, 60);
    struct outcome outcome =
        drive("first_function", (struct drive){.arguments = arguments("number=%d", number)});
    cr_assert(outcome.limit != LIMIT_STALL,
              "spawn_start() did not come back. %s Whoever waits for the end of a "
              "file must not hold the other end open itself; and a guard_main() that gives no answer "
              "keeps spawn_start() waiting if the process lives on.",
              ending(&outcome));
    expect_answer(&outcome);
    cr_assert(!failed_with(&outcome, "start", ENOSYS),
              "spawn_start() gave -1 (ENOSYS): it is not written yet. Start here: posix_spawn() of "
              "/proc/self/exe, and in guard_main() the branch for the process that it has started.");
    cr_assert(
        answered(&outcome, "start") == 0,
        "spawn_start() %s, expected 0. If guard_main() returns in the new process, main runs there as "
        "it did here; the program's output says so.",
        result_text(&outcome, "start"));
    cr_assert(answered(&outcome, "pid") > 0,
              "spawn_start() gave 0 and left %d in `pid`, expected the new process's pid.",
              (int)answered(&outcome, "pid"));
    cr_assert(
        answered(&outcome, "status") != GUARD_RETURNED,
        "spawn_start() has started this program anew, and guard_main() returned there. In the new "
        "process it has to run the function and to end the process with its result, by exit(): else "
        "main runs there as it did here.");
    cr_assert(answered(&outcome, "status") != NO_STATUS,
              "waitpid() for the process %d, which spawn_start() has started, failed. Has spawn_start() "
              "waited for it? That is the caller's task.",
              (int)answered(&outcome, "pid"));
    cr_expect(answered(&outcome, "status") == number,
              "The function was to return %d, and the process gave %s. guard_main() has to find the "
              "function by "
              "its name, call it with the argument and its size, and end with its result.",
              number, status_text(&outcome));
    expect_clean(&outcome);
}

// The first four tests build on each other; all others need them.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, guard, name, points, description)
#define AFTER_START(name, points, description) AFTER("start_returns_at_once", name, points, description)

AFTER("function_runs", named_descriptors_are_open, 6,
      "a named descriptor is open in the function, under the same number")
{
    int at = (int)random_between(4, 49);
    for (int cloexec = 0; cloexec < 2; cloexec++) {
        struct outcome outcome = drive(
            "named_descriptor", (struct drive){.arguments = arguments("at=%d cloexec=%d", at, cloexec)});
        cr_assert(outcome.limit != LIMIT_STALL,
                  "The function was to write to a pipe, which is descriptor %d, and to end. %s", at,
                  ending(&outcome));
        expect_clean(&outcome);
        expect_started(&outcome);
        cr_assert(answered(&outcome, "size") == answered(&outcome, "expected_size"),
                  "The function wrote %d bytes to descriptor %d, which is named in `descriptors`, and %d "
                  "came. The descriptor %s; the process ended with %s. "
                  "posix_spawn_file_actions_adddup2() of a number to itself keeps it open (it clears "
                  "close-on-exec there).",
                  (int)answered(&outcome, "expected_size"), at, (int)answered(&outcome, "size"),
                  cloexec ? "is close-on-exec in the caller" : "is not close-on-exec in the caller",
                  status_text(&outcome));
    }
}

AFTER("named_descriptors_are_open", it_is_a_new_program, 6,
      "the function runs in a new program: this one's executable, none of its memory")
{
    struct outcome outcome = drive("new_program", (struct drive){0});
    expect_clean(&outcome);
    expect_started(&outcome);
    cr_assert(
        answered(&outcome, "seen_pid") != 0,
        "The function did not report what it is: of two named descriptors, 60 and 50 in this order, it "
        "could not write to the first.");
    cr_expect(answered(&outcome, "seen_pid") != answered(&outcome, "own_pid"),
              "The function ran in the process that called spawn_start().");
    cr_expect(answered(&outcome, "seen_pid") == answered(&outcome, "pid"),
              "`pid` is %d, but the function ran in process %d.", (int)answered(&outcome, "pid"),
              (int)answered(&outcome, "seen_pid"));
    cr_expect(answered(&outcome, "seen_parent") == answered(&outcome, "own_pid"),
              "The function's process is not a child of the one that called spawn_start().");
    cr_expect(
        answered(&outcome, "spawned_sees") == 0,
        "A global variable was changed before the start, and the function saw the change: it runs in "
        "a copy made by fork(), not in a new program. posix_spawn() or execve() start a new one.");
    cr_expect(answered(&outcome, "same_executable"),
              "/proc/self/exe is another file there: it is not this program's executable that runs.");
}

AFTER("it_is_a_new_program", start_returns_at_once, 6,
      "spawn_start() returns while the function runs: two run at the same time")
{
    struct outcome outcome = drive("two_at_once", (struct drive){0});
    cr_assert(outcome.limit != LIMIT_STALL,
              "Two functions were to be started that wait until both have been. %s spawn_start() must "
              "return as soon as the function is about to be called; waiting for its end is the caller's "
              "task.",
              ending(&outcome));
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "started") == 2, "%d of 2 calls of spawn_start() gave 0.",
              (int)answered(&outcome, "started"));
    cr_expect(answered(&outcome, "arrived") == 2, "%d of 2 functions ran.",
              (int)answered(&outcome, "arrived"));
    cr_expect(answered(&outcome, "right") == 2, "%d of 2 functions gave their own number as status.",
              (int)answered(&outcome, "right"));
}

AFTER_START(bytes_arrive_exactly, 6,
            "the argument arrives byte for byte, whatever it holds, and is a copy")
{
    static uint64_t input[MIB / 8 + 1000];
    const size_t sizes[] = {0, 1, (size_t)random_between(2, 4000), 65537,
                            MIB + (size_t)random_between(1, 4000)};
    for (size_t i = 0; i < sizeof input / sizeof *input; i++)
        input[i] = (uint64_t)random_between(0, INT64_MAX) << 8; // every eighth byte, at least, is 0
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome =
            drive("bytes", (struct drive){.arguments = arguments("size=%zu", sizes[i]),
                                          .input = input,
                                          .input_size = sizes[i]});
        cr_assert(outcome.limit != LIMIT_STALL,
                  "An argument of %zu bytes was to be handed over. %s What a pipe or a socket holds is "
                  "limited: one side must read while the other one writes.",
                  sizes[i], ending(&outcome));
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "start") == 0,
                  "With an argument of %zu bytes, spawn_start() %s, expected 0. (Neither argv nor the "
                  "environment "
                  "of a new program carries any number of bytes, see execve(2); a socket does.)",
                  sizes[i], result_text(&outcome, "start"));
        cr_assert(
            answered(&outcome, "ran"),
            "With an argument of %zu bytes, the function did not come to its end. Its process gave %s.",
            sizes[i], status_text(&outcome));
        cr_assert((size_t)answered(&outcome, "size") == sizes[i],
                  "The argument had %zu bytes, the function got %zu. It may hold bytes that are 0, so "
                  "strlen() says nothing; and it may be larger than what execve() takes.",
                  sizes[i], (size_t)answered(&outcome, "size"));
        cr_assert(answered(&outcome, "same"),
                  "The argument of %zu bytes arrived changed. (The caller overwrites its own bytes after "
                  "the start: the function needs a copy.)",
                  sizes[i]);
    }
}

AFTER_START(finds_each_function, 3, "the function is found by its whole name, wherever it stands")
{
    static const char *const names[] = {"on", "once", "one"};
    for (int which = 0; which < 3; which++) {
        struct outcome outcome =
            drive("by_name", (struct drive){.arguments = arguments("which=%d", which)});
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "start") == 0,
                  "The guard knows \"on\", \"once\", \"one\" and others; for \"%s\", spawn_start() %s.",
                  names[which], result_text(&outcome, "start"));
        cr_assert(
            answered(&outcome, "status") == 31 + which,
            "The guard knows \"on\", \"once\" and \"one\", which return 31, 32 and 33. For \"%s\" it "
            "gave %s.",
            names[which], status_text(&outcome));
    }
}

AFTER_START(process_ends_by_exit, 5,
            "the exit status is the result & 0xff; exit handlers run, and what was printed is written")
{
    const int results[] = {0, 1, (int)random_between(2, 254), 255, 256 + (int)random_between(1, 99), -1};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        struct outcome outcome =
            drive("exit_status", (struct drive){.arguments = arguments("number=%d", results[i])});
        expect_clean(&outcome);
        expect_started(&outcome);
        cr_assert(answered(&outcome, "status") == (results[i] & 0xff),
                  "The function returned %d, and its process gave %s, expected exit status %d.",
                  results[i], status_text(&outcome), results[i] & 0xff);
        cr_assert(
            printed(&outcome, "printed by the function") == 1,
            "A line that the function printed came out %d times, expected once. The process ends by "
            "exit(), which writes what is left in stdio's buffers.",
            printed(&outcome, "printed by the function"));
        cr_assert(printed(&outcome, "the exit handler ran") == 1,
                  "An exit handler that the function had registered ran %d times, expected once. The new "
                  "process is a program of its own: it ends by exit(), not _exit().",
                  printed(&outcome, "the exit handler ran"));
    }
}

// Runs "open_there" with descriptors at random numbers, none of them twice.
static struct outcome drive_open_there(int closed)
{
    int first = (int)random_between(4, 20), second = (int)random_between(21, 40);
    int third = (int)random_between(61, 99);
    int named = random_between(0, 1) ? (int)random_between(41, 49) : (int)random_between(51, 59);
    struct outcome outcome =
        drive("open_there",
              (struct drive){.arguments = arguments("first=%d second=%d third=%d named=%d closed=%d",
                                                    first, second, third, named, closed)});
    cr_assert(outcome.limit != LIMIT_STALL, "The function was to list its descriptors and to end. %s",
              ending(&outcome));
    expect_clean(&outcome);
    cr_assert(
        answered(&outcome, "start") == 0,
        "spawn_start() %s, expected 0. The caller has named two descriptors and has others open, in "
        "no order%s.",
        result_text(&outcome, "start"), closed ? "; of 0, 1 and 2, some are closed" : "");
    cr_assert(answered(&outcome, "ran"),
              "The function did not report its descriptors: it could not write to the one that was named "
              "for it. Its process gave %s.",
              status_text(&outcome));
    cr_assert(answered(&outcome, "missing") == 0,
              "%d named descriptors were not the same file under the same number in the function; the "
              "output says which.",
              (int)answered(&outcome, "missing"));
    return outcome;
}

AFTER_START(others_are_closed, 5, "what is not named is closed in the new process, close-on-exec or not")
{
    struct outcome outcome = drive_open_there(0);
    cr_expect(
        answered(&outcome, "leaked") == 0,
        "%d descriptors that are open here and were not named are open in the function, too; the "
        "output says which. posix_spawn_file_actions_addclose() and ...addclosefrom_np() close them "
        "there; close-on-exec here would change the caller.",
        (int)answered(&outcome, "leaked"));
    cr_expect(answered(&outcome, "unchanged"),
              "After spawn_start() the caller's own descriptors were not what they had been.");
    cr_expect(
        answered(&outcome, "flags_unchanged"),
        "spawn_start() has changed the close-on-exec flag of descriptors of the caller. They are its "
        "own, and other threads may start programs, too: file actions of posix_spawn() take effect in "
        "the new process only.");
}

AFTER_START(many_may_be_named, 3, "as many descriptors as are open may be named, in any order")
{
    int count = (int)random_between(80, 100);
    struct outcome outcome =
        drive("many_named", (struct drive){.arguments = arguments("count=%d", count)});
    cr_assert(outcome.limit != LIMIT_STALL, "The function was to list its descriptors and to end. %s",
              ending(&outcome));
    expect_clean(&outcome);
    cr_assert(answered(&outcome, "start") == 0,
              "With %d descriptors named, spawn_start() %s, expected 0.", count,
              result_text(&outcome, "start"));
    cr_expect(
        answered(&outcome, "differ") == 0,
        "Of %d named descriptors, %d were not the same files under the same numbers in the function, "
        "whose process ended with %s. Does your code use a number of its own choice there, or have "
        "room for a few only?",
        count, (int)answered(&outcome, "differ"), status_text(&outcome));
}

AFTER_START(function_finds_nothing_of_the_module, 5,
            "the function finds neither a descriptor nor an environment variable of the module")
{
    struct outcome outcome = drive_open_there(0);
    cr_assert(answered(&outcome, "strange") == 0,
              "In the function %d descriptors were open that are not open in the caller (the output says "
              "which): guard_main() must close what it has used before it calls the function.",
              (int)answered(&outcome, "strange"));
    outcome = drive("surroundings", (struct drive){0});
    expect_clean(&outcome);
    expect_started(&outcome);
    cr_expect(answered(&outcome, "strange") == 0,
              "The function's environment has %d variables that the caller's has not; the output says "
              "which. Take your own out with unsetenv() before the function is called, or the programs "
              "that it starts inherit it.",
              (int)answered(&outcome, "strange"));
}

AFTER_START(standard_streams_are_as_here, 5,
            "standard streams are inherited; those that are closed here are closed there, and it works")
{
    for (int closed = 0; closed < 8; closed++) {
        struct outcome outcome = drive_open_there(closed);
        cr_assert(answered(&outcome, "streams") == 0,
                  "Descriptors 0, 1 and 2 of the function are not what they are in the caller, where %s "
                  "closed; the output says how they differ. None of them is the module's: not to pass "
                  "something on, and not by chance either, when one is closed here and a new descriptor "
                  "gets its "
                  "number. fcntl() with F_DUPFD_CLOEXEC and 3 moves that out of the way.",
                  closed == 0 ? "none is" : "some are");
    }
}

AFTER_START(surroundings_are_inherited, 3, "environment and working directory are inherited")
{
    for (int cleared = 0; cleared < 2; cleared++) {
        struct outcome outcome =
            drive("surroundings",
                  (struct drive){.arguments = arguments("number=%d cleared=%d",
                                                        (int)random_between(1, 1000), cleared)});
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "start") == 0, "spawn_start() %s, expected 0.%s",
                  result_text(&outcome, "start"),
                  cleared ? " The caller's environment is empty: after clearenv(), environ is NULL."
                          : "");
        cr_assert(answered(&outcome, "ran"), "The function did not report. Its process gave %s.",
                  status_text(&outcome));
        cr_assert(
            !answered(&outcome, "own_changed"),
            "spawn_start() has changed the caller's environment. Give posix_spawn() a copy that holds "
            "what you add.");
        cr_assert(answered(&outcome, "missing") == 0,
                  "%d variables of the caller's environment are not in the function's; the output says "
                  "which. posix_spawn() takes the new program's environment as its last argument.",
                  (int)answered(&outcome, "missing"));
        cr_assert(answered(&outcome, "same_directory"),
                  "The function's working directory is not the caller's.");
    }
}

AFTER_START(works_from_everywhere, 3, "it works whatever argv[0] and the working directory are")
{
    int number = (int)random_between(1, 60);
    struct outcome outcome =
        drive("elsewhere", (struct drive){.arguments = arguments("number=%d", number)});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "status") == number,
              "A program whose argv[0] is \"no/such/program\" and whose working directory is / could not "
              "start its own executable. argv[0] is whatever the starter liked; /proc/self/exe is the "
              "executable.");
}

AFTER_START(spawned_functions_may_spawn, 3, "a spawned function may call spawn_start() itself")
{
    int levels = (int)random_between(3, 4);
    struct outcome outcome = drive("nested", (struct drive){.arguments = arguments("levels=%d", levels)});
    expect_clean(&outcome);
    expect_started(&outcome);
    cr_expect(
        answered(&outcome, "status") == levels,
        "A function was to start itself %d processes deep, and %d ran. In a spawned process whose "
        "guard has done its work, spawn_start() works as everywhere: nothing may be left there that "
        "says otherwise.",
        levels, (int)answered(&outcome, "status"));
}

AFTER_START(unknown_function_is_named, 5, "ENOENT if the guard knows no such function; nothing is left")
{
    const int sizes[] = {0, MIB};
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome =
            drive("unknown_name", (struct drive){.arguments = arguments("size=%d", sizes[i])});
        cr_assert(
            outcome.limit != LIMIT_STALL,
            "The guard does not know the function, whose argument had %d bytes; spawn_start() did not "
            "come back. %s",
            sizes[i], ending(&outcome));
        expect_failed(&outcome, ENOENT, "The guard does not know \"ones\"");
    }
    struct outcome outcome = drive("unknown_name", (struct drive){.arguments = "long=1"});
    expect_clean(&outcome);
    cr_assert(failed_with(&outcome, "start", ENOENT) && answered(&outcome, "message"),
              "For a function whose name has 999 characters spawn_start() %s, expected -1 (ENOENT) and a "
              "message that fits.",
              result_text(&outcome, "start"));
    cr_assert(
        answered(&outcome, "written_behind") == 0,
        "For a function whose name has 999 characters, %d bytes behind the struct were overwritten. "
        "snprintf() returns how long the text would have been, which may be more than what is there.",
        (int)answered(&outcome, "written_behind"));
    cr_assert(answered(&outcome, "shows_name"),
              "The message for a name of 999 characters does not show even its beginning.");
}

AFTER_START(early_end_is_told, 5,
            "ECANCELED if the process ends before it calls the function; the message says how")
{
    const int numbers[] = {0, (int)random_between(30, 60), -SIGSEGV, -SIGKILL, -SIGTERM};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int size = 0; size <= MIB; size += MIB) {
            struct outcome outcome =
                drive("early_end",
                      (struct drive){.arguments = arguments("number=%d size=%d", numbers[i], size)});
            const char *what =
                numbers[i] < 0
                    ? arguments("The new process was ended by signal %d before the guard", -numbers[i])
                    : arguments("The new process exited with status %d before the guard", numbers[i]);
            cr_assert(
                outcome.limit != LIMIT_STALL,
                "%s, and spawn_start() waited on (the argument had %d bytes). The end of a file comes "
                "only when nobody holds the other end open any more: close your copy of it.",
                what, size);
            expect_failed(&outcome, ECANCELED, what);
            cr_assert(
                !answered(&outcome, "sigpipe_changed"),
                "spawn_start() has changed what SIGPIPE does in the whole program, and programs that "
                "it starts inherit that. send() with MSG_NOSIGNAL changes nothing else.");
            cr_assert(answered(&outcome, "tells_end"), "%s: the message does not say so.", what);
            cr_assert(answered(&outcome, "names_guard"),
                      "%s: the message does not mention guard_main(). A main that forgot it is the usual "
                      "reason.",
                      what);
        }
    struct outcome outcome = drive("early_end", (struct drive){.arguments = "hides=1"});
    cr_assert(
        outcome.limit != LIMIT_STALL,
        "The new process closed all its descriptors and ran on, without calling guard_main(); "
        "spawn_start() did not come back. If no answer can come any more, it has to end the process: "
        "nothing may be left of it.");
    expect_failed(&outcome, ECANCELED, "The new process closed all its descriptors and ran on");
}

AFTER_START(early_end_is_seen, 2, "ECANCELED also if the process has left a child that lives on")
{
    for (int size = 0; size <= MIB; size += MIB) {
        struct outcome outcome =
            drive("child_left", (struct drive){.arguments = arguments("size=%d", size)});
        cr_assert(
            outcome.limit != LIMIT_STALL,
            "The new process forked and ended before the guard, and spawn_start() did not come back (the "
            "argument had %d bytes). Its child lives on with copies of all its descriptors, so the end "
            "of "
            "the file does not come. poll() can wait for the end of the process at the same time, if you "
            "give it a descriptor from pidfd_open(2).",
            size);
        expect_failed(&outcome, ECANCELED, "The new process forked and ended before the guard");
    }
}

AFTER_START(missing_guard_is_refused, 6,
            "without a guard in main there are two processes in all, ELOOP, and GUARD_MISSING")
{
    for (int size = 0; size <= MIB; size += MIB) {
        struct outcome outcome =
            drive("forgotten_guard", (struct drive){.arguments = arguments("size=%d", size)});
        cr_assert(outcome.limit != LIMIT_STALL,
                  "Main had no guard; the new process came to spawn_start(), and the caller's own "
                  "spawn_start() did not come back (the argument had %d bytes). %s",
                  size, ending(&outcome));
        expect_survived(&outcome, "Main had no guard; the new process came to spawn_start(), too");
        cr_assert(printed(&outcome, "main runs without a guard") == 1,
                  "Main had no guard, and %d processes started one another, expected one: spawn_start() "
                  "must find out that it runs in a spawned process that has not met its guard, and start "
                  "nothing.",
                  printed(&outcome, "main runs without a guard"));
        cr_assert(printed(&outcome, "there") == 0,
                  "In the new process spawn_start() returned, expected the end of the process: the code "
                  "that follows is its parent's.");
        expect_failed(&outcome, ELOOP, "The new process came to spawn_start() without a guard");
        cr_assert(answered(&outcome, "child_status") == GUARD_MISSING,
                  "The new process ended with %d (a signal if negative), expected status GUARD_MISSING "
                  "(%d).",
                  (int)answered(&outcome, "child_status"), GUARD_MISSING);
        cr_assert(answered(&outcome, "said"),
                  "The new process did not say on standard error that the guard is missing.");
    }
}

AFTER_START(guard_leaves_others_alone, 3, "in any other process guard_main() does nothing")
{
    struct outcome outcome = drive("ordinary", (struct drive){0});
    cr_assert(
        ending(&outcome)[0] == '\0' || printed(&outcome, "an ordinary process") > 0,
        "To begin with, spawn_start() started a process that ended at once, before the guard. %s See "
        "early_end_is_told.",
        ending(&outcome));
    cr_assert(
        ending(&outcome)[0] == '\0',
        "An ordinary process called guard_main() with the module's variable in the environment, left "
        "there by somebody else (the last line of the output says what it held), and did not go on. "
        "%s Check that what the variable names is there, and is what it should be.",
        ending(&outcome));
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "wrong") == 0,
              "After guard_main() in an ordinary process, with the module's variable in the environment "
              "holding something else, %d of 6 calls of spawn_start() did not work.",
              (int)answered(&outcome, "wrong"));
}

AFTER_START(misuse_is_refused, 3, "each misuse that the header names is an error with errno and message")
{
    struct outcome outcome = drive("misuse", (struct drive){0});
    expect_clean(&outcome);
    const struct {
        const char *name;
        const char *what;
        int error;
    } refused[] = {
        {"no_name", "the name NULL", EINVAL},
        {"no_argument", "the argument NULL and a size of 1", EINVAL},
        {"no_descriptors", "descriptors NULL and a count of 2", EINVAL},
        {"closed", "descriptor 77, which is not open,", EBADF},
        {"lowest", "the lowest descriptor that is not open (it would be the next one that you open)",
         EBADF},
        {"next", "the second lowest descriptor that is not open", EBADF},
        {"negative", "descriptor -1", EBADF},
        {"huge", "descriptor 1073741824", EBADF},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_expect(failed_with(&outcome, refused[i].name, refused[i].error),
                  "With %s spawn_start() %s, expected -1 (%s).", refused[i].what,
                  result_text(&outcome, refused[i].name), error_name(refused[i].error));
    cr_expect(answered(&outcome, "stale") == 0, "%d failed calls did not set `pid` to 0.",
              (int)answered(&outcome, "stale"));
    cr_expect(answered(&outcome, "silent") == 0,
              "%d failed calls did not put a text into `message` that names the function.",
              (int)answered(&outcome, "silent"));
    cr_expect(answered(&outcome, "descriptors_left") == 0,
              "%d descriptors more than before were open after all these failures.",
              (int)answered(&outcome, "descriptors_left"));
}

AFTER_START(failing_calls_lose_nothing, 3, "if a call fails, its error is told, and nothing is left")
{
    for (int which = 0; which < 2; which++) {
        struct outcome outcome =
            drive("failing_call", (struct drive){.arguments = arguments("which=%d", which)});
        if (!answered(&outcome, "called"))
            continue; // the module has other means than a pair of sockets
        const char *what = which == 0
                               ? "posix_spawn() failed with EAGAIN (it returns the error, and does "
                                 "not set errno)"
                               : "socketpair() failed with ENFILE";
        expect_failed(&outcome, which == 0 ? EAGAIN : ENFILE, what);
        cr_assert(answered(&outcome, "again") == 0 && answered(&outcome, "status") == 8,
                  "%s; a second spawn_start() with the same struct then %s, expected 0.", what,
                  result_text(&outcome, "again"));
    }
    for (int closed = 0; closed < 2; closed++) {
        struct outcome outcome =
            drive("few_descriptors", (struct drive){.arguments = arguments("closed=%d", closed)});
        expect_clean(&outcome);
        cr_assert(
            answered(&outcome, "wrong") == 0,
            "Of %d calls of spawn_start(), with one descriptor more each time, %d failed in another way "
            "than "
            "with -1, EMFILE (or ECANCELED), pid 0 and a message that names the function; the output "
            "shows "
            "the first. (addclosefrom_np() gives EBADF for a number that this process may not have, and "
            "need not be called for one: sysconf(_SC_OPEN_MAX).)",
            (int)answered(&outcome, "tries"), (int)answered(&outcome, "wrong"));
        cr_assert(answered(&outcome, "left") == 0,
                  "When there were too few descriptors, %d of %d calls of spawn_start() left some open.",
                  (int)answered(&outcome, "left"), (int)answered(&outcome, "tries"));
        cr_assert(answered(&outcome, "status") == 8,
                  "With enough descriptors, spawn_start() did not work after all.");
    }
}

AFTER_START(interruptions_change_nothing, 3, "interrupted calls and short transfers change nothing")
{
    int times = (int)random_between(1, 3);
    int most = (int)random_between(1, 7);
    struct outcome outcome =
        drive("disturbed", (struct drive){.arguments = arguments("times=%d most=%d", times, most)});
    cr_assert(ending(&outcome)[0] == '\0',
              "Calls were interrupted, and moved %d bytes at a time, in both processes. %s", most,
              ending(&outcome));
    expect_answer(&outcome);
    cr_assert(
        answered(&outcome, "start") == 0,
        "spawn_start() %s, expected 0. Calls were interrupted (EINTR), and moved %d bytes at a time, "
        "in both processes: what moves bytes belongs in a loop.",
        result_text(&outcome, "start"), most);
    cr_expect(answered(&outcome, "ran") && answered(&outcome, "same"),
              "The argument did not arrive as it was sent when calls moved %d bytes at a time.", most);
    cr_expect(
        failed_with(&outcome, "unknown", ENOENT),
        "For a function that the guard does not know, spawn_start() %s, expected -1 (ENOENT): calls "
        "were interrupted.",
        result_text(&outcome, "unknown"));
    cr_expect(
        failed_with(&outcome, "ends", ECANCELED),
        "The new process ended before the guard, and spawn_start() %s, expected -1 (ECANCELED): calls "
        "were interrupted.",
        result_text(&outcome, "ends"));
    expect_clean(&outcome);
}

AFTER_START(nothing_runs_without_the_parent, 2,
            "if the parent has ended before, the function is not called")
{
    const int sizes[] = {0, (int)random_between(1, 1000), MIB};
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome =
            drive("lost_parent", (struct drive){.arguments = arguments("size=%d", sizes[i])});
        cr_assert(outcome.limit == LIMIT_NONE,
                  "The process that called spawn_start() was killed, and the new process did not end. %s",
                  ending(&outcome));
        expect_clean(&outcome);
        cr_assert(
            !answered(&outcome, "ran"),
            "The process that called spawn_start() was killed before the new one came to its guard (the "
            "argument had %d bytes), and the function was called all the same. If less comes than "
            "was announced, or the answer cannot be sent, nobody is there any more.",
            sizes[i]);
    }
}
