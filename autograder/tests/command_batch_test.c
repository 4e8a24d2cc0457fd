// What `build/grade batch` promises: right marks for a class, whatever is in it and whatever happens to
// the command. The toy's examiner runs the submission as a script, so that a submission of these tests
// can be anything: `verdict NAME STATUS` is what a test would say of it.
#include "../batch/database.h"
#include "../batch/gradebook.h"
#include "../grade/die.h"
#include "../sandbox/tree.h"
#include "command_support.h"
#include "refusing.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void batch_make(void)
{
    workbook_make();
    make_folder(in_folder("class"));
    write_text(in_its_workbook("build/kit/" TOY "/compile.sh"), "cat >&3\n");
    write_examiner(text_of(
        "folder=%s\n"
        "note() { echo \"$1\" >>\"$folder/notes\"; }\n"
        "verdict() { say '{\"suite\": \"toy\", \"name\": \"'$1'\", \"status\": \"'$2'\"'\"$3\"'}'; }\n"
        "say '{\"expected\": [{\"suite\": \"toy\", \"name\": \"a\", \"description\": \"it works\","
        " \"max_points\": 10}, {\"suite\": \"toy\", \"name\": \"fast\", \"description\": \"it is fast\","
        " \"max_points\": 5}]}'\n"
        "note \"begin $EXAMINER_PART\"\n"
        "test -z \"$EXAMINER_DIRECTORY\" || . \"$EXAMINER_DIRECTORY/drive\"\n"
        "note \"end $EXAMINER_PART\"\n"
        "say '{\"end\": 2}'\n",
        in_folder("")));
}

TestSuite(command_batch, .init = batch_make, .fini = folder_remove, .timeout = 60);

#define GOOD "verdict a passed; verdict fast passed\n"
#define BAD  "verdict a failed; verdict fast not_reached\n"

static void hand_in(const char *name, const char *text)
{
    mkdir(in_folder(text_of("class/%s", name)), 0755);
    write_text(in_folder(text_of("class/%s/toy.c", name)), text);
}

static const char *in_results(const char *name)
{
    return in_folder(text_of("class.graded/%s", name));
}

#define BATCH(...) run(grader(), "batch", __VA_ARGS__, in_folder("class"), NULL)

// The level must not matter to these tests.
static void expect_batch(int status, const char *output)
{
    struct ran ran = BATCH("--require-sandbox", "C");
    expect_ran(&ran, status, output, NULL);
}

static void expect_row(const char *row)
{
    const char *marks = read_text(in_results("marks.csv"));
    cr_expect(strstr(marks, text_of("\n%s", row)) != NULL, "marks.csv has no row %s: %s", row, marks);
}

static int count_notes(const char *line)
{
    int count = 0;
    const char *notes = access(in_folder("notes"), F_OK) == 0 ? read_text(in_folder("notes")) : "";
    for (const char *at = notes; (at = strstr(at, line)) != NULL; at++)
        count++;
    return count;
}

static int ask(const char *question)
{
    struct gradebook *book = gradebook_open(in_results("gradebook.db"));
    sqlite3_stmt *asked = database_ask(book, question, "");
    int number = database_row(book, asked) ? sqlite3_column_int(asked, 0) : -1;
    database_done(asked);
    gradebook_close(book);
    return number;
}

Test(command_batch, grades_each_submission_once)
{
    struct stat before, after;
    hand_in("alice", GOOD);
    hand_in("bob", BAD);
    expect_batch(0, "submissions: 2, files: 2, to grade: 2, graded before: 0");
    expect_row("\"alice\",15,15,graded,15,15,,\"\"");
    expect_row("\"bob\",0,15,graded,0,15,,\"\"");
    cr_expect(access(in_results("results/alice.json"), R_OK) == 0 &&
                  access(in_results("class.html"), R_OK) == 0,
              "a report is missing");
    cr_assert(stat(in_results("marks.csv"), &before) == 0);
    cr_expect((before.st_mode & 077) == 0, "others may read the marks");
    cr_expect(stat(in_results("gradebook.db"), &after) == 0 && (after.st_mode & 077) == 0,
              "others may read the gradebook");
    int gradings = count_notes("begin");
    expect_batch(0, "to grade: 0, graded before: 2");
    cr_expect(count_notes("begin") == gradings, "something was graded twice");
    cr_assert(stat(in_results("marks.csv"), &after) == 0);
    cr_expect(before.st_ino == after.st_ino, "a report that says the same was written again");
    hand_in("carol", GOOD);
    expect_batch(0, "submissions: 3, files: 3, to grade: 1, graded before: 2");
}

Test(command_batch, a_changed_source_is_graded_and_the_best_counts)
{
    hand_in("alice", GOOD);
    expect_batch(0, NULL);
    hand_in("alice", BAD);
    expect_batch(0, "to grade: 1");
    expect_row("\"alice\",15,15,graded");
    cr_expect(ask("SELECT count(*) FROM attempts") == 2, "the attempts are not kept");
}

Test(command_batch, another_grader_grades_anew)
{
    hand_in("alice", GOOD);
    expect_batch(0, "to grade: 1");
    write_text(in_its_workbook("build/kit/" TOY "/compile.sh"), "cat >&3 # now better\n");
    expect_batch(0, "to grade: 1, graded before: 0");
}

Test(command_batch, tries_again_what_was_busy_or_not_graded)
{
    hand_in("alice", "verdict a passed; verdict fast busy\n");
    hand_in("bob", "verdict a passed; exit 1\n");
    expect_batch(1, "graded: 0, too busy to be timed: 1, could not be graded: 1");
    expect_row("\"alice\",10,10,busy");
    expect_row("\"bob\",,,not graded");
    expect_batch(1, "to grade: 2, graded before: 0");
    cr_expect(ask("SELECT count(*) FROM attempts") == 4, "the attempts are not kept");
}

Test(command_batch, a_worker_that_dies_costs_only_its_submission)
{
    hand_in("alice", GOOD);
    hand_in("bob", "kill -KILL $PPID; read never </dev/zero\n"); // the examiner's parent is the worker
    hand_in("carol", GOOD);
    expect_batch(1, "graded: 2, too busy to be timed: 0, could not be graded: 1");
    expect_row("\"alice\",15,15,graded");
    expect_row("\"bob\",,,not graded");
    expect_row("\"carol\",15,15,graded");
}

Test(command_batch, what_is_timed_runs_alone_when_all_else_is_done)
{
    static const char source[] =
        "case $EXAMINER_PART in\n"
        "untimed) verdict a passed; verdict fast not_graded ', \"postponed\": true';;\n"
        "timed) verdict a failed; verdict fast passed;;\nesac\n";
    for (int i = 0; i < 4; i++)
        hand_in(text_of("student%d", i), source);
    struct ran ran = BATCH("--require-sandbox", "C", "--jobs", "4");
    expect_ran(&ran, 0, "graded: 4", NULL);
    const char *notes = read_text(in_folder("notes"));
    const char *timed = strstr(notes, "begin timed");
    cr_assert(timed != NULL, "nothing was timed: %s", notes);
    cr_expect_str_eq(timed, "begin timed\nend timed\nbegin timed\nend timed\nbegin timed\nend timed\n"
                            "begin timed\nend timed\n");
    cr_expect(count_notes("begin untimed") == 4, "the notes are %s", notes);
    expect_row("\"student0\",15,15,graded"); // of the second run only what is timed counts
    cr_expect(ask("SELECT count(*) FROM attempts") == 4, "one grading is not one attempt");
}

// A file that could not be read by no fault of the student is not "not handed in" without a word.
Test(command_batch, tells_what_could_not_be_read)
{
    hand_in("alice", GOOD);
    hand_in("bob", GOOD);
    cr_assert(chmod(in_folder("class/bob/toy.c"), 0) == 0 && chmod(in_folder("class"), 0777) == 0 &&
              chmod(in_folder(""), 0777) == 0 && chmod(in_folder("tmp"), 0777) == 0);
    struct ran ran = geteuid() == 0
                         ? run("setpriv", "--reuid=61000", "--regid=61000", "--clear-groups", grader(),
                               "batch", "--require-sandbox", "C", in_folder("class"), NULL)
                         : BATCH("--require-sandbox", "C");
    expect_ran(&ran, 1, "could not be read: 1;", "bob: toy.c could not be read");
    expect_row("\"alice\",15,15,graded,15,15,,\"\"");
    expect_row("\"bob\",,,not handed in,0,0,,\"toy.c could not be read: It cannot be opened.\"");
}

// The real one: a solution has all its points, in one attempt, in two parts.
Test(command_batch, times_a_test_of_speed)
{
    make_folder(in_folder("class/alice"));
    copy(in_workbook("solutions/08-pool/pool.c"), in_folder("class/alice"));
    struct ran ran = run(in_build("grade"), "batch", "--require-sandbox", "C", "--exercise", "08-pool",
                         in_folder("class"), NULL);
    expect_ran(&ran, ran.status, NULL, "1 of 1 timed");
    int points = ask("SELECT points FROM attempts WHERE state = 'graded' OR state = 'busy'");
    int most = ask("SELECT max_points FROM attempts");
    cr_expect(points > 0 && points == most, "the solution has %d of %d points: %s", points, most,
              ran.errors);
    cr_expect(ask("SELECT count(*) FROM attempts") == 1, "one grading is not one attempt");
    cr_expect(strstr(ran.errors, "not timed yet") != NULL, "it was timed at once: %s", ran.errors);
}

Test(command_batch, tells_its_progress_in_one_line_of_a_terminal)
{
    hand_in("alice\033[2J", GOOD);
    hand_in("bob", GOOD);
    const char *text =
        ON_A_TERMINAL(STDERR_FILENO, "batch", "--require-sandbox", "C", in_folder("class"));
    cr_expect(strstr(text, "\r\033[K2 of 2, less than a minute left: " TOY ": 15 of 15 points: ") != NULL,
              "it says %s", text);
    cr_expect(strstr(text, "\033[2J") == NULL, "a name has reached the terminal as it is");
    cr_expect(strchr(text, '\n') == NULL, "it has more than one line: %s", text);
    struct ran ran = BATCH("--require-sandbox", "C", "--seed", "1");
    cr_expect(strchr(ran.errors, '\033') == NULL, "there is no terminal, but there are escapes");
}

static void require_level_a(void)
{
    struct ran ran = GRADE("--sandbox", "A", TOY);
    if (strstr(ran.errors, "does not hold") != NULL)
        cr_skip_test("%s", ran.errors);
}

// Ubuntu 22.04 has a bubblewrap that is level A with less; whoever reads or requires a level sees an A.
Test(command_batch, is_at_level_a_with_an_old_bubblewrap, .timeout = 120)
{
    require_level_a();
    make_bwrap_old();
    hand_in("alice", GOOD);
    hand_in("bob", "kill -KILL $PPID; read never </dev/zero\n"); // its result is not made by the worker
    struct ran ran = BATCH("--require-sandbox", "A");
    expect_ran(&ran, 1, "to grade: 2, graded before: 0; sandbox A\n", NULL);
    expect_row("\"alice\",15,15,graded");
    for (int i = 0; i < 2; i++) {
        const char *result = read_text(in_results(text_of("results/%s.json", i == 0 ? "alice" : "bob")));
        cr_expect(strstr(result, "\"sandbox\": \"A\"") != NULL &&
                      strstr(result, "older than 0.8") != NULL,
                  "the result does not tell the level: %s", result);
    }
    ran = run(grader(), "batch", in_folder("class"), NULL); // level B or better is the rule
    expect_ran(&ran, 1, "sandbox A\n", NULL);
}

// What holds is tried once; the gradings rely on it.
Test(command_batch, tries_the_level_once)
{
    require_level_a();
    for (int i = 0; i < 3; i++)
        hand_in(text_of("student%d", i), GOOD);
    count_canaries();
    expect_batch(0, "graded: 3");
    cr_expect(canaries_counted() == 1, "there were %d canaries", canaries_counted());
}

// --- Ends --------------------------------------------------------------------------------------

static pid_t start_batch(void)
{
    extern char **environ;
    char *const command[] = {(char *)grader(),           "batch", "--jobs", "2", "--require-sandbox", "C",
                             (char *)in_folder("class"), NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, in_folder("output"), O_WRONLY | O_CREAT | O_APPEND,
                                     0644);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    // Who runs tests in the background has them ignore SIGINT: a batch would, too.
    posix_spawnattr_t attributes;
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &interrupt);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t pid;
    cr_assert(posix_spawn(&pid, command[0], &actions, &attributes, command, environ) == 0,
              "cannot run it");
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

// Starts a batch in which alice is graded and bob waits at a gate, and returns when that is so.
static pid_t start_and_hold(void)
{
    const char *gate = strdup(in_folder("gate")), *reached = strdup(in_folder("reached"));
    hand_in("alice", GOOD);
    hand_in("bob",
            text_of("if test -p '%s'; then echo >'%s'; read line <'%s'; fi\n" GOOD, gate, reached, gate));
    cr_assert(mkfifo(gate, 0666) == 0 && mkfifo(reached, 0666) == 0, "mkfifo: %s", strerror(errno));
    chmod(gate, 0666);
    pid_t pid = start_batch();
    int at_gate = open(reached, O_RDONLY | O_CLOEXEC); // waits for bob's examiner
    char byte;
    cr_assert(at_gate != -1 && read(at_gate, &byte, 1) == 1, "bob has not come to the gate");
    close(at_gate);
    while (ask("SELECT count(*) FROM attempts WHERE state = 'graded'") != 1) // the test has its timeout
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    return pid;
}

static void open_the_gate_for_good(void)
{
    cr_assert(unlink(in_folder("gate")) == 0);
}

static void wait_until_all_have_ended(void)
{
    for (;;) {
        struct tree tree;
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        cr_assert(tree_read(&tree) == 0);
        size_t count = tree.count;
        tree_free(&tree);
        if (count == 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
}

Test(command_batch, goes_on_after_a_kill_where_it_stopped)
{
    pid_t pid = start_and_hold();
    cr_assert(kill(pid, SIGKILL) == 0 && wait_for(pid) == -SIGKILL);
    wait_until_all_have_ended(); // they follow it by themselves
    open_the_gate_for_good();
    expect_batch(0, "to grade: 1, graded before: 1"); // and what the killed one left in TMPDIR is gone
    expect_row("\"alice\",15,15,graded");
    expect_row("\"bob\",15,15,graded");
    cr_expect(ask("SELECT count(*) FROM attempts") == 2, "something was graded twice");
}

Test(command_batch, an_interrupt_keeps_what_is_done)
{
    pid_t pid = start_and_hold();
    cr_assert(kill(pid, SIGINT) == 0);
    cr_expect(wait_for(pid) == EXIT_NOT_GRADED, "an interrupted batch does not say so");
    expect_nothing_left_behind();
    expect_row("\"alice\",15,15,graded");
    expect_row("\"bob\",,,not graded yet");
    open_the_gate_for_good();
    expect_batch(0, "to grade: 1, graded before: 1");
    expect_row("\"bob\",15,15,graded");
}

Test(command_batch, a_second_one_is_refused_and_harms_nothing)
{
    pid_t pid = start_and_hold();
    struct ran ran = BATCH("--require-sandbox", "C");
    cr_expect(ran.status == EXIT_NOT_GRADED, "the second one ended with %d", ran.status);
    cr_expect(strstr(ran.errors, text_of("another batch is at work on %s: process %d",
                                         in_folder("class.graded"), (int)pid)) != NULL,
              "it says %s", ran.errors);
    open_the_gate_for_good();
    kill(pid, SIGINT);
    wait_for(pid);
    expect_batch(0, NULL);
    cr_expect(ask("SELECT count(*) FROM attempts WHERE state = 'graded'") == 2);
}

// --- Orders ------------------------------------------------------------------------------------

static void expect_refused(struct ran ran, const char *why)
{
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, why);
}

Test(command_batch, refuses_what_makes_no_sense)
{
    expect_refused(run(grader(), "batch", NULL), "one folder");
    expect_refused(run(grader(), "batch", in_folder("class"), in_folder("tmp"), NULL), "one folder");
    expect_refused(run(grader(), "batch", in_folder("missing"), NULL), "No such file");
    expect_refused(run(grader(), "batch", grader(), NULL), "not a folder");
    expect_refused(BATCH("--jobs", "0"), "number of jobs");
    expect_refused(BATCH("--jobs", "65"), "number of jobs");
    expect_refused(BATCH("--seed", "-1"), "seed");
    expect_refused(BATCH("--exercise", "99-none"), "99-none");
    expect_refused(BATCH("--require-sandbox", "D"), "\"D\"");
    expect_refused(BATCH("--output", in_folder("missing/results")), "missing/results");
    cr_expect(access(in_folder("class.graded"), F_OK) == -1, "a refused command has made its folder");
}

Test(command_batch, replaces_no_file_that_it_has_not_made)
{
    hand_in("alice", GOOD);
    make_folder(in_folder("class.graded"));
    write_text(in_results("marks.csv"), "alice's own");
    expect_refused(BATCH("--require-sandbox", "C"), "marks.csv is there already");
    cr_expect_str_eq(read_text(in_results("marks.csv")), "alice's own");
    cr_assert(unlink(in_results("marks.csv")) == 0);
    expect_batch(0, "graded: 1");
    expect_batch(0, "graded before: 1"); // and its own are replaced
}

Test(command_batch, grades_the_exercises_that_are_wanted)
{
    hand_in("alice", GOOD);
    write_text(in_folder("class/alice/process.c"), "int x;\n");
    struct ran ran = BATCH("--require-sandbox", "C", "--exercise", "toy");
    expect_ran(&ran, 0, "submissions: 1, files: 1, to grade: 1", NULL);
    cr_expect(strstr(read_text(in_results("marks.csv")), PROCESS) == NULL, "another was graded, too");
}

Test(command_batch, takes_its_own_results_for_no_submission)
{
    hand_in("alice", GOOD);
    struct ran ran = BATCH("--require-sandbox", "C", "--output", in_folder("class/results"));
    expect_ran(&ran, 0, "submissions: 1", "results: passed over");
}

Test(command_batch, the_same_seed_is_used_for_all_and_again)
{
    hand_in("alice", GOOD);
    hand_in("bob", GOOD);
    struct ran ran = BATCH("--require-sandbox", "C", "--seed", "77");
    expect_ran(&ran, 0, NULL, NULL);
    hand_in("carol", GOOD);
    expect_batch(0, NULL);
    cr_expect(ask("SELECT count(*) FROM attempts WHERE seed = 77") == 3, "there are several seeds");
}
