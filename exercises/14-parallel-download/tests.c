// What parallel-download.h promises, sentence by sentence.
#include "examiner.h"
#include "parallel-download.h"
#include "served.h"
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

enum way { PROCESSES, POOL, SESSIONS, WAYS };
static const char *const functions[WAYS] = {"parallel_download_processes()", "parallel_download_pool()",
                                            "parallel_download_sessions()"};

// As in driver.c.
enum end { KILLED, EXITED_0, EXITED_3, KILLED_BEFORE, KILLED_EARLY };
enum wrong { NOTHING, ERROR, STATUS, ATTEMPTS, SIZE, MESSAGE, FILE_ITSELF, LINK_OR_NAME };
enum { UNTOUCHED = -77 };
static const char *const conducts[] = {
    "delay=0", "fault=404", "fault=500", "fault=503&times=1", "fault=cut", "fault=redirect", "fault=503",
};
enum { CONDUCTS = sizeof conducts / sizeof *conducts, TWICE = 3, ALWAYS_BUSY = 6 };

// What a drive downloads: pages of a seed, from number 0 on.
struct pages {
    int seed, count;
    bool mixed;   // the server conducts itself differently towards each
    int attempts; // that each link has
};

// For a drive that did not come to its end: says what was going on.
static void expect_ended(const struct outcome *outcome, const char *story)
{
    const char *end = ending(outcome);
    cr_assert(*end == '\0', "%s %s", story, end);
    expect_answer(outcome);
}

// Whether the drive waited for something that never came: its processes slept, or looked again and again.
static bool was_stuck(const struct outcome *outcome)
{
    return outcome->limit == LIMIT_STALL || outcome->limit == LIMIT_TIME;
}

static int64_t requests_of(const struct outcome *outcome, const struct pages *pages, int number)
{
    char path[100]; // no text of arguments(): a story has to outlive many of them
    int conduct = pages->mixed ? (pages->seed + number) % CONDUCTS : 0;
    snprintf(path, sizeof path, "/pages/%d/%d/%d?%s", pages->seed, number, 100 + number,
             conducts[conduct]);
    return served_requests(outcome, path);
}

static int expected_requests(const struct pages *pages, int number)
{
    int conduct = pages->mixed ? (pages->seed + number) % CONDUCTS : 0;
    return conduct == TWICE ? 2 : conduct == ALWAYS_BUSY ? pages->attempts : 1;
}

// All was done in processes of its own, by handles of their own.
static void expect_processes(const struct outcome *outcome, enum way way, const char *story)
{
    cr_assert(answered(outcome, "in_parent") == 0,
              "%s %d transfers were made in the program itself, or in a thread of it. %s has every link "
              "fetched by another process.",
              story, (int)answered(outcome, "in_parent"), functions[way]);
}

// Each link but those of `passed` (a bit for each) was asked for as often as it should be.
static void expect_requests(const struct outcome *outcome, const struct pages *pages, uint64_t passed,
                            const char *story)
{
    for (int i = 0; i < pages->count; i++) {
        int seen = (int)requests_of(outcome, pages, i), expected = expected_requests(pages, i);
        if ((passed >> i & 1) != 0)
            continue;
        cr_assert(seen > 0,
                  "%s The server was never asked for link %d. Does its process call download_link()? A "
                  "process that crashes before says nothing: process_exit_code() tells its signal, and "
                  "SANITIZE=1 the line.",
                  story, i);
        cr_assert(seen == expected,
                  "%s The server was asked for link %d %d times, expected %d: each link is given to one "
                  "process, and download_link() is called once for it. (Does a child go on in the "
                  "parent's loop after fork?)",
                  story, i, seen, expected);
    }
}

static const char *error_text(int64_t error)
{
    return error == 0 ? "0" : error == UNTOUCHED ? "as it was before" : error_name(error);
}

static const char *wrong_text(const struct outcome *outcome)
{
    static const char *const members[] = {
        [ERROR] = "error", [STATUS] = "status", [ATTEMPTS] = "attempts", [SIZE] = "size"};
    int64_t what = answered(outcome, "wrong_what"), got = answered(outcome, "wrong_got"),
            expected = answered(outcome, "wrong_expected");
    if (what == ERROR)
        return arguments(".error is %s, expected %s", error_text(got), error_text(expected));
    if (what == STATUS || what == ATTEMPTS || what == SIZE)
        return arguments(".%s is %d, expected %d", members[what], (int)got, (int)expected);
    return what == MESSAGE       ? ".message is another one"
           : what == FILE_ITSELF ? " is right, but its file is not"
                                 : ".name is another one";
}

// Every download is as download_link() would have made it.
static void expect_same(const struct outcome *outcome, enum way way, const char *story)
{
    int at = (int)answered(outcome, "wrong_at");
    if (at == -1)
        return;
    if (answered(outcome, "wrong_got") == UNTOUCHED)
        cr_assert(false,
                  "%s downloads[%d] is as it was before. A process has its own copy of `downloads`: what "
                  "it writes there nobody else sees. Let it write into shared memory (memory_create(), "
                  "before the start), and copy that to its place afterwards.%s",
                  story, at,
                  way == PROCESSES ? ""
                                   : " (If the results are those of pool_map(): a function that does not "
                                     "return 0 has no result. A download that has failed has one.)");
    cr_assert(false,
              "%s downloads[%d]%s: the same link was given to download_link(). Each result comes back in "
              "shared memory (memory_create()), with all members that download_link() sets, and belongs "
              "in the place of its link, whoever fetched it. (The drive's answer has both messages.)",
              story, at, wrong_text(outcome));
}

// Fails the test at once, for what such processes have not done yet would be told instead.
static void expect_childless(const struct outcome *outcome, enum way way, const char *story)
{
    cr_assert(answered(outcome, "childless"),
              "%s When %s returned, a process of its own was still there, running or as a zombie: "
              "process_join() and pool_release() wait for the end.",
              story, functions[way]);
}

static void expect_nothing_left(const struct outcome *outcome, enum way way, const char *story)
{
    expect_childless(outcome, way, story);
    expect_clean(outcome);
}

static void expect_given_back(const struct outcome *outcome, const char *story)
{
    cr_expect(answered(outcome, "left") == 0, "%s Afterwards %d descriptors more were open than before.",
              story, (int)answered(outcome, "left"));
    cr_expect(answered(outcome, "memory") == 0,
              "%s Afterwards %" PRId64
              " bytes of shared memory more were mapped than before: release the "
              "pool (pool_release()), and what you have made by memory_create().",
              story, answered(outcome, "memory"));
}

// Everything that holds for pages that can all be had.
static void expect_pages(const struct outcome *outcome, enum way way, const struct pages *pages,
                         const char *story)
{
    expect_processes(outcome, way, story);
    cr_assert(
        answered(outcome, "result") != -1, "%s It %s, expected how many downloads have failed.%s", story,
        result_text(outcome, "result"),
        failed_with(outcome, "result", EINVAL)
            ? " (No pool has more than CREW_MOST_WORKERS workers, and nobody needs more of them than "
              "there are links.)"
            : "");
    expect_childless(outcome, way, story);
    expect_requests(outcome, pages, 0, story);
    expect_same(outcome, way, story);
    cr_assert(answered(outcome, "result") == answered(outcome, "failed"),
              "%s %s %s, expected %d: so many downloads have failed.", story, functions[way],
              result_text(outcome, "result"), (int)answered(outcome, "failed"));
}

static struct pages some_pages(int least, int most)
{
    return (struct pages){.seed = (int)random_between(1, 1000000),
                          .count = (int)random_between(least, most)};
}

// --- The first steps of each way

static void test_first(enum way way, const char *start)
{
    struct pages pages = some_pages(5, 20);
    int workers = (int)random_between(2, 4);
    struct outcome outcome =
        drive("pages", (struct drive){.arguments = arguments("way=%d count=%d workers=%d seed=%d", way,
                                                             pages.count, workers, pages.seed),
                                      .find_leaks = true});
    const char *story =
        arguments("%d links were given to %s, workers %d.", pages.count, functions[way], workers);
    cr_assert(!was_stuck(&outcome),
              "%s Does a child go on in the caller's code when it is done? Does the program wait for "
              "somebody who does not end? %s",
              story, ending(&outcome));
    expect_ended(&outcome, story);
    cr_assert(answered(&outcome, "result") != -1, "%s It %s, expected 0. Start here: %s", story,
              result_text(&outcome, "result"), start);
    expect_pages(&outcome, way, &pages, story);
    if (way == PROCESSES)
        cr_assert(answered(&outcome, "processes") == pages.count,
                  "%s They were fetched by %d processes, expected one for each link.", story,
                  (int)answered(&outcome, "processes"));
    else
        cr_assert(answered(&outcome, "processes") <= workers,
                  "%s They were fetched by %d processes. A pool has so many workers, and they fetch all.",
                  story, (int)answered(&outcome, "processes"));
    cr_expect(answered(&outcome, "left") == 0, "%s Afterwards %d descriptors more were open than before.",
              story, (int)answered(&outcome, "left"));
    expect_nothing_left(&outcome, way, story);
}

GRADED(parallel_download, processes_fetch_each_link_once, 7,
       "a process for each link: each is fetched once, and its result is in its place")
{
    test_first(PROCESSES,
               "name the downloads, put them into shared memory (memory_create()), start a process for "
               "each (process_create(), process_start()) whose function makes a session and calls "
               "download_link(), wait for them (process_join()), and copy the results back.");
}

// For a drive in which transfers wait for others that should be under way.
static const char *meeting_story(enum way way, int workers, int given, int count)
{
    return arguments("%s was given %d links, workers %d. Each transfer waits until %d are under way at "
                     "the same time.",
                     functions[way], count, given, workers);
}

// Lets `workers` meet in each of several rounds; `given` is what the module is told. Returns what the
// drive has answered.
static struct outcome expect_meeting(enum way way, int workers, int given, int rounds)
{
    int count = workers * rounds;
    struct outcome outcome =
        drive("meeting", (struct drive){.arguments = arguments("way=%d meet=%d workers=%d rounds=%d", way,
                                                               workers, given, rounds)});
    const char *story = meeting_story(way, workers, given, count);
    cr_assert(!was_stuck(&outcome), "%s They never met: fewer processes download at the same time. %s %s",
              story,
              way == PROCESSES
                  ? "Start as many as are allowed before you wait for one, and always start "
                    "the next when one has ended."
                  : "The pool needs `workers` processes (0 means 8), and a worker should have one link "
                    "at a time: set `chunk`.",
              ending(&outcome));
    expect_ended(&outcome, story);
    cr_assert(answered(&outcome, "result") == 0, "%s It %s, expected 0.", story,
              result_text(&outcome, "result"));
    expect_processes(&outcome, way, story);
    int under_way = (int)answered(&outcome, "most_under_way");
    int alive = (int)answered(&outcome, "most_alive"); // counted once: perhaps not all had begun
    cr_assert(under_way <= workers && alive <= workers,
              "%s At one time %d %s, expected %d at most: who has as many as allowed waits until one has "
              "ended.",
              story, under_way > workers ? under_way : alive,
              under_way > workers ? "transfers were under way" : "processes were there", workers);
    return outcome;
}

// One link waits until all others are done: so nobody may wait for it.
static void test_hold(enum way way, const char *hint)
{
    struct pages pages = some_pages(12, 20);
    int held = (int)random_between(0, 1);
    struct outcome outcome =
        drive("hold", (struct drive){.arguments = arguments("way=%d count=%d workers=2 seed=%d held=%d",
                                                            way, pages.count, pages.seed, held)});
    const char *story = arguments("%s was given %d links, workers 2. The process that fetches link %d "
                                  "goes on only when all others are done.",
                                  functions[way], pages.count, held);
    cr_assert(!was_stuck(&outcome), "%s They were never done. %s %s", story, hint, ending(&outcome));
    expect_ended(&outcome, story);
    expect_pages(&outcome, way, &pages, story);
    expect_nothing_left(&outcome, way, story);
}

GRADED_AFTER("processes_fetch_each_link_once", parallel_download, as_many_processes_as_allowed, 4,
             "as many processes as allowed run at the same time, and never more; 0 means 8")
{
    for (int i = 0; i < 3; i++) {
        int given = i == 0 ? 3 : i == 1 ? 0 : (int)random_between(4, 7), workers = given == 0 ? 8 : given;
        struct outcome outcome = expect_meeting(PROCESSES, workers, given, 2);
        expect_nothing_left(&outcome, PROCESSES, meeting_story(PROCESSES, workers, given, 2 * workers));
    }
}

GRADED_AFTER("as_many_processes_as_allowed", parallel_download, the_next_starts_when_one_has_ended, 3,
             "as soon as one process has ended, whichever it is, the next is started")
{
    test_hold(PROCESSES, "Do you wait for a certain process, or for all of a group? Wait for whichever "
                         "ends first: poll(2) can do that, with a process file descriptor for each "
                         "(pidfd_open(2)).");
}

GRADED_SPEEDUP("as_many_processes_as_allowed", parallel_download, processes_are_fast, 12,
               "a process for each link is faster than a loop", .drive = "speed_processes",
               .work = WORK_WAITING, .workers = 8)

GRADED_AFTER("processes_fetch_each_link_once", parallel_download, a_pool_fetches_each_link_once, 5,
             "a pool: each link is fetched once by a worker, and its result is in its place")
{
    test_first(POOL, "make a pool of `workers` (pool_create()), and map a function over the downloads, "
                     "which makes a session, calls download_link() and releases the session.");
}

GRADED_AFTER("a_pool_fetches_each_link_once", parallel_download, a_pool_works_at_once, 4,
             "all workers of the pool download at the same time, and each link has a connection")
{
    for (int i = 0; i < 2; i++) {
        int given = i == 0 ? 0 : (int)random_between(2, 7), workers = given == 0 ? 8 : given;
        struct outcome outcome = expect_meeting(POOL, workers, given, 2);
        const char *story = meeting_story(POOL, workers, given, 2 * workers);
        cr_expect(answered(&outcome, "processes") == workers,
                  "%s They were fetched by %d processes, expected %d workers.", story,
                  (int)answered(&outcome, "processes"), workers);
        cr_expect(answered(&outcome, "most_open") <= 1,
                  "%s A worker had %d sessions at the same time. Release each after its download, or its "
                  "connection stays open as long as the worker lives.",
                  story, (int)answered(&outcome, "most_open"));
        cr_expect(served(&outcome, "connections") == 2 * workers,
                  "%s The server saw %d connections, expected one for each link: here each download has "
                  "a session of its own.",
                  story, (int)served(&outcome, "connections"));
        expect_nothing_left(&outcome, POOL, story);
    }
}

GRADED_AFTER("a_pool_works_at_once", parallel_download, no_worker_keeps_links_waiting, 3,
             "a worker takes one link at a time, with sessions, too")
{
    test_hold(POOL, "A worker takes a chunk of several links by default, and those behind the slow one "
                    "wait: set `chunk`.");
    test_hold(SESSIONS, "A worker takes a chunk of several links by default, and those behind the slow "
                        "one wait: set `chunk`.");
}

GRADED_SPEEDUP("a_pool_works_at_once", parallel_download, a_pool_is_fast, 12,
               "a pool is faster than a loop", .drive = "speed_pool", .work = WORK_WAITING, .workers = 8)

GRADED_AFTER("a_pool_fetches_each_link_once", parallel_download, sessions_fetch_each_link_once, 5,
             "a pool with sessions: each link is fetched once, and its result is in its place")
{
    test_first(SESSIONS, "as parallel_download_pool(), but the pool's initializer makes a session and "
                         "keeps it in a static variable, where the mapped function finds it.");
}

GRADED_AFTER("sessions_fetch_each_link_once", parallel_download, a_connection_for_each_worker, 5,
             "each worker keeps its session: one connection for each worker, however many links")
{
    for (int i = 0; i < 2; i++) {
        int workers = (int)random_between(2, 6), rounds = (int)random_between(3, 4);
        struct outcome outcome = expect_meeting(SESSIONS, workers, workers, rounds);
        const char *story = meeting_story(SESSIONS, workers, workers, rounds * workers);
        int connections = (int)served(&outcome, "connections");
        cr_expect(connections == workers, "%s The server saw %d connections, expected %d.%s", story,
                  connections, workers,
                  connections > workers ? " A session is made once in each worker, by the initializer, "
                                          "and not released after a download."
                                        : "");
        expect_nothing_left(&outcome, SESSIONS, story);
    }
}

GRADED_SPEEDUP("a_connection_for_each_worker", parallel_download, sessions_are_fast, 12,
               "a pool with sessions is faster than a loop", .drive = "speed_sessions",
               .work = WORK_WAITING, .workers = 8)

// --- What holds for all three ways

#define AFTER_ALL(name, points, description)                                                             \
    GRADED_AFTER("sessions_fetch_each_link_once", parallel_download, name, points, description)

AFTER_ALL(no_session_before_the_processes, 3,
          "each process makes its own session: none is made in the program itself")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        struct pages pages = some_pages(6, 12);
        struct outcome outcome =
            drive("pages", (struct drive){.arguments = arguments("way=%d count=%d workers=3 seed=%d", way,
                                                                 pages.count, pages.seed)});
        const char *story =
            arguments("%d links were given to %s, workers 3.", pages.count, functions[way]);
        expect_ended(&outcome, story);
        cr_expect(answered(&outcome, "inherited") == 0,
                  "%s %d transfers were made by a session that another process has made. Processes that "
                  "share a session share its connection, and get pieces of each other's answers. Call "
                  "download_session_create() in the process that uses it.",
                  story, (int)answered(&outcome, "inherited"));
        cr_expect(answered(&outcome, "made_in_parent") == 0,
                  "%s %d sessions were made in the program itself. It needs none, since it downloads "
                  "nothing.",
                  story, (int)answered(&outcome, "made_in_parent"));
        expect_clean(&outcome);
    }
}

AFTER_ALL(a_failure_is_told_in_its_place, 4,
          "a link that fails costs no other, and is told as download_link() tells it")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        struct pages pages = some_pages(8, 12);
        pages.mixed = true;
        pages.attempts = 2;
        struct outcome outcome =
            drive("pages", (struct drive){.arguments = arguments("way=%d count=%d workers=4 seed=%d "
                                                                 "mix=1 attempts=2",
                                                                 way, pages.count, pages.seed)});
        const char *story = arguments("%d links were given to %s, with 2 attempts each. The server says "
                                      "404, 500, 503, or breaks off.",
                                      pages.count, functions[way]);
        expect_ended(&outcome, story);
        expect_pages(&outcome, way, &pages, story);
        expect_nothing_left(&outcome, way, story);
    }
}

static void expect_message(const struct outcome *outcome, enum end end, const char *story)
{
    bool exited = end == EXITED_0 || end == EXITED_3;
    int expected = exited ? (end == EXITED_3 ? 3 : 0) : SIGKILL;
    int told = (int)answered(outcome, exited ? "victim_status" : "victim_signal");
    cr_expect(
        told == expected,
        "%s The message of that download does not say how its process has ended: expected \"%s %d\" "
        "in it. process_exit_code() knows it, and so does pool_map() (`item`, `why`, `code`).",
        story, exited ? "status" : "signal", expected);
}

static void expect_lost(enum way way, enum end end, int victims)
{
    static const char *const stories[] = {
        [KILLED] = "was killed when the server had answered",
        [EXITED_0] = "called _exit(0) in the middle of it: that is no success",
        [EXITED_3] = "called _exit(3) in the middle of it",
        [KILLED_BEFORE] = "was killed before it had asked the server",
        [KILLED_EARLY] = "was killed while it made its session",
    };
    struct pages pages = some_pages(10, 15);
    int victim = (int)random_between(2, 4), second = victims == 2 ? (int)random_between(6, 9) : -1;
    int first = end == KILLED_EARLY ? -1 : victim;
    struct outcome outcome =
        drive("victims",
              (struct drive){.arguments = arguments("way=%d count=%d workers=3 seed=%d "
                                                    "victim=%d second=%d end=%d",
                                                    way, pages.count, pages.seed, first, second, end)});
    const char *story =
        arguments("%d links were given to %s. The process of %s %s.", pages.count, functions[way],
                  end == KILLED_EARLY ? "one link"
                  : victims == 2      ? arguments("links %d and %d", victim, second)
                                      : arguments("link %d", victim),
                  stories[end]);
    expect_ended(&outcome, story);
    expect_processes(&outcome, way, story);
    cr_assert(answered(&outcome, "result") != -1,
              "%s It %s, expected %d: that one download has failed, and all others can be done. (Of "
              "pool_map(), ECANCELED says that items have no result.)",
              story, result_text(&outcome, "result"), victims);
    cr_assert(answered(&outcome, "victim_error") == ECHILD,
              "%s Its error was %s, expected ECHILD: it had not come to its end. Only the process itself "
              "can say that it has: by a mark in shared memory, written last.",
              story, error_text(answered(&outcome, "victim_error")));
    cr_assert(
        answered(&outcome, "other_lost") == -1,
        "%s The error of link %d was ECHILD, too, and its process had not ended in the middle of it.",
        story, (int)answered(&outcome, "other_lost"));
    cr_assert(answered(&outcome, "lost") == victims, "%s %d downloads had the error ECHILD, expected %d.",
              story, (int)answered(&outcome, "lost"), victims);
    uint64_t passed = victims == 2 ? UINT64_C(1) << second : 0;
    if (end == KILLED_EARLY || end == KILLED_BEFORE)
        passed = UINT64_MAX;
    expect_requests(&outcome, &pages, passed, story);
    expect_same(&outcome, way, story);
    cr_assert(answered(&outcome, "result") == victims, "%s It %s, expected %d: so many have failed.",
              story, result_text(&outcome, "result"), victims);
    cr_expect(answered(&outcome, "victim_rest"), "%s Its status, attempts and size were not 0.", story);
    cr_expect(answered(&outcome, "victim_file") == 0, "%s There was a file of it all the same.", story);
    if (victims == 1)
        expect_message(&outcome, end, story);
    expect_nothing_left(&outcome, way, story);
}

AFTER_ALL(a_process_that_dies_costs_one_link, 5,
          "a process that ends in the middle of it costs its own link only, whose error is ECHILD")
{
    for (enum way way = PROCESSES; way < WAYS; way++)
        for (enum end end = KILLED; end <= KILLED_EARLY; end++)
            if (end != KILLED_EARLY || way != SESSIONS) // there it would be an initializer's end
                expect_lost(way, end, end == EXITED_3 ? 1 + (int)random_between(0, 1) : 1);
}

AFTER_ALL(names_are_given_before, 2,
          "the downloads are named, so that no two have the same file; who has a name keeps it")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        int count = (int)random_between(6, 12), named = (int)random_between(0, 5);
        struct outcome outcome =
            drive("names", (struct drive){.arguments = arguments("way=%d count=%d workers=3 named=%d",
                                                                 way, count, named)});
        const char *story =
            arguments("%s was given %d links whose last segments are \"100\" and \"101\"; "
                      "link %d had the name \"chosen\" already.",
                      functions[way], count, named);
        expect_ended(&outcome, story);
        cr_assert(answered(&outcome, "wrong") == -1,
                  "%s downloads[%d] has another name, or another link, than download_names() leaves "
                  "there. Call it before any process is started: a process sees its own link only.",
                  story, (int)answered(&outcome, "wrong"));
        cr_expect(answered(&outcome, "missing") == 0, "%s %d of the files were not there, or not right.",
                  story, (int)answered(&outcome, "missing"));
        expect_clean(&outcome);
    }
}

AFTER_ALL(options_reach_every_session, 3, "the options are those of each session")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        int attempts = 1, ms = (int)random_between(500, 900);
        struct outcome outcome =
            drive("options",
                  (struct drive){.arguments = arguments("way=%d attempts=%d ms=%d", way, attempts, ms)});
        const char *story = arguments("%s was given options: attempts %d, timeout_ms %d. One link stalls "
                                      "for ever, the other says 503 each time.",
                                      functions[way], attempts, ms);
        cr_assert(!was_stuck(&outcome),
                  "%s The first one was never given up. Does download_session_create() get "
                  "&how->options? %s",
                  story, ending(&outcome));
        expect_ended(&outcome, story);
        cr_assert(answered(&outcome, "stall_error") == ETIMEDOUT,
                  "%s The error of the first was %s, expected ETIMEDOUT.", story,
                  error_text(answered(&outcome, "stall_error")));
        cr_assert(answered(&outcome, "attempts") == attempts,
                  "%s The second had %d attempts. download_session_create() needs &how->options.", story,
                  (int)answered(&outcome, "attempts"));
        cr_expect(answered(&outcome, "result") == 2, "%s It %s, expected 2: both have failed.", story,
                  result_text(&outcome, "result"));
        expect_clean(&outcome);
    }
}

// A call has failed in the module: either it got over that, or it says so.
static void expect_told(enum way way, const char *call, int which, int nth, int error)
{
    struct pages pages = some_pages(8, 12);
    struct outcome outcome = drive(
        "refused", (struct drive){.arguments = arguments("way=%d count=%d workers=3 seed=%d call=%d "
                                                         "nth=%d",
                                                         way, pages.count, pages.seed, which, nth)});
    const char *story = arguments(
        "%d links were given to %s, workers 3. %s failed (%s).", pages.count, functions[way],
        nth == 0 ? arguments("Every %s", call) : arguments("%s number %d", call, nth), error_name(error));
    expect_ended(&outcome, story);
    int fetched = (int)answered(&outcome, "fetched"), cancelled = (int)answered(&outcome, "cancelled");
    int other = (int)answered(&outcome, "other");
    expect_processes(&outcome, way, story);
    cr_assert(other == -1,
              "%s downloads[%d].error is %s, and it was fetched %d times. What was begun has to be done, "
              "once; what nobody has begun has the error ECANCELED, and its status, attempts and size "
              "are 0.",
              story, other, error_text(answered(&outcome, "other_error")),
              (int)answered(&outcome, "other_runs"));
    if (cancelled > 0)
        cr_assert(failed_with(&outcome, "result", error),
                  "%s %d links were fetched, and %d not begun. It %s, expected -1 (%s).", story, fetched,
                  cancelled, result_text(&outcome, "result"), error_name(error));
    else
        cr_assert(answered(&outcome, "result") == 0, "%s All links were fetched. It %s, expected 0.",
                  story, result_text(&outcome, "result"));
    expect_given_back(&outcome, story);
    expect_nothing_left(&outcome, way, story);
}

AFTER_ALL(a_failed_start_is_told, 3,
          "if a process cannot be started, -1 with errno; what nobody has begun is ECANCELED")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        expect_told(way, "fork()", 0, 0, EAGAIN);
        expect_told(way, "fork()", 0, 1, EAGAIN);
        expect_told(way, "fork()", 0, (int)random_between(2, 3), EAGAIN);
        expect_told(way, "mmap()", 1, 1, ENOMEM);
        if (way != PROCESSES) {
            expect_told(way, "mmap()", 1, 2, ENOMEM); // of pool_create()
            expect_told(way, "socketpair()", 2, (int)random_between(1, 3), EMFILE);
        }
    }
    expect_told(PROCESSES, "fork()", 0, (int)random_between(4, 8), EAGAIN);
}

AFTER_ALL(others_are_left_alone, 2, "other children of the program, and its signals, are left alone")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        struct pages pages = some_pages(6, 10);
        struct outcome outcome =
            drive("strangers", (struct drive){.arguments = arguments("way=%d count=%d workers=3 seed=%d",
                                                                     way, pages.count, pages.seed)});
        const char *story = arguments("The program had two other children, one of which had ended, when "
                                      "it called %s.",
                                      functions[way]);
        expect_ended(&outcome, arguments("%s Does it wait for children that are not its own?", story));
        cr_expect(answered(&outcome, "result") == 0, "%s It %s, expected 0.", story,
                  result_text(&outcome, "result"));
        cr_expect(answered(&outcome, "ended") == 9 && answered(&outcome, "alive") == 7,
                  "%s Afterwards their statuses were %d and %d, expected 9 and 7 (-1: somebody has taken "
                  "it). wait() and waitpid(-1, ...) take any child's.",
                  story, (int)answered(&outcome, "ended"), (int)answered(&outcome, "alive"));
        cr_expect(answered(&outcome, "handler"),
                  "%s What SIGCHLD does was changed. That is the whole program's business.", story);
        cr_expect(answered(&outcome, "waits_on_reaped") + answered(&outcome, "closes_of_closed") == 0,
                  "%s A process was waited for whose status had been taken, or a descriptor closed that "
                  "was not open.",
                  story);
    }
}

AFTER_ALL(signals_do_not_matter, 2, "signals that arrive meanwhile change nothing")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        struct pages pages = some_pages(8, 12);
        struct outcome outcome =
            drive("pages", (struct drive){.arguments = arguments("way=%d count=%d workers=3 seed=%d "
                                                                 "interrupt=%d",
                                                                 way, pages.count, pages.seed,
                                                                 (int)random_between(1, 3))});
        const char *story = arguments("%d links were given to %s. Each call that waits was interrupted "
                                      "by a signal (EINTR).",
                                      pages.count, functions[way]);
        expect_ended(&outcome, story);
        expect_pages(&outcome, way, &pages, story);
        expect_nothing_left(&outcome, way, story);
    }
}

AFTER_ALL(many_links_leave_nothing, 2,
          "60 links, and more workers than links: nothing is lost, nothing is left")
{
    for (enum way way = PROCESSES; way < WAYS; way++)
        for (int many = 0; many < 2; many++) {
            struct pages pages = some_pages(2, 5);
            if (many)
                pages.count = 60;
            int workers = many ? 8 : (int)random_between(1000, INT32_MAX);
            struct outcome outcome = drive(
                "pages", (struct drive){.arguments = arguments("way=%d count=%d workers=%d seed=%d", way,
                                                               pages.count, workers, pages.seed)});
            const char *story =
                arguments("%d links were given to %s, workers %d.", pages.count, functions[way], workers);
            expect_ended(&outcome, story);
            expect_pages(&outcome, way, &pages, story);
            expect_given_back(&outcome, story);
            expect_nothing_left(&outcome, way, story);
        }
}

AFTER_ALL(wrong_numbers_are_refused, 2, "negative numbers are EINVAL; no links are no error")
{
    for (enum way way = PROCESSES; way < WAYS; way++) {
        struct outcome outcome =
            drive("misuse", (struct drive){.arguments = arguments("way=%d", way), .find_leaks = true});
        static const char *const names[] = {"workers", "timeout", "attempts"};
        static const char *const values[] = {"workers -1", "options.timeout_ms -1",
                                             "options.attempts -1"};
        expect_ended(&outcome,
                     arguments("%s was called with negative numbers, and with 0 links.", functions[way]));
        for (int i = 0; i < 3; i++) {
            cr_assert(failed_with(&outcome, names[i], EINVAL), "%s with %s %s, expected -1 (EINVAL).",
                      functions[way], values[i], result_text(&outcome, names[i]));
            cr_assert(answered(&outcome, arguments("%s_cancelled", names[i])) == 3,
                      "%s with %s refuses; then nobody has begun the links, and the error of each is "
                      "ECANCELED.",
                      functions[way], values[i]);
        }
        cr_expect(answered(&outcome, "nothing") == 0,
                  "%s with 0 links %s, expected 0. (memory_create() of 0 bytes is an error.)",
                  functions[way], result_text(&outcome, "nothing"));
        expect_clean(&outcome);
    }
}
