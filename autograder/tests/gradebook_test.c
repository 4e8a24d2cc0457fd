// What batch/gradebook.h promises: attempts are kept, the best counts, and nothing lowers a mark.
#include "../batch/class.h"
#include "../batch/database.h"
#include "../batch/gradebook.h"
#include "../grade/die.h"
#include "support.h"
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(gradebook, .init = folder_make, .fini = folder_remove, .timeout = 60);

static struct gradebook *open_book(void)
{
    return gradebook_open(in_folder("gradebook.db"));
}

static struct attempt attempt_of(struct gradebook *book, const char *name, const char *text)
{
    struct attempt attempt = {.exercise = "02-process", .grader = "g", .file = "process.c", .seed = 1};
    struct source source = {.text = (char *)text, .size = strlen(text)};
    attempt.student = gradebook_student(book, name, "");
    digest_source(&source, attempt.source);
    gradebook_keep(book, attempt.source, &source);
    return attempt;
}

static void record(struct gradebook *book, struct attempt *attempt, enum attempt_state state, int points,
                   int most)
{
    json_t *result = json_pack("{s:i}", "points", points);
    attempt->state = state;
    attempt->points = points;
    attempt->max_points = most;
    gradebook_record(book, attempt, result);
    json_decref(result);
}

static void add(struct gradebook *book, const char *name, const char *text, enum attempt_state state,
                int points, int most)
{
    struct attempt attempt = attempt_of(book, name, text);
    record(book, &attempt, state, points, most);
}

static void expect_mark(struct gradebook *book, const char *name, enum attempt_state state, int points,
                        int most)
{
    bool found = false;
    struct class class = class_read(book);
    for (size_t i = 0; i < class.student_count; i++) {
        const struct mark *mark = &class.students[i].marks[0];
        if (strcmp(class.students[i].name, name) != 0)
            continue;
        found = true;
        cr_expect(mark->state == state && mark->points == points && mark->max_points == most,
                  "%s has %d of %d points in state %d, expected %d of %d in state %d", name, mark->points,
                  mark->max_points, mark->state, points, most, state);
    }
    cr_expect(found, "%s is not in the class", name);
    class_free(&class);
}

Test(gradebook, the_best_attempt_counts)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_GRADED, 40, 100);
    expect_mark(book, "alice", ATTEMPT_GRADED, 40, 100);
    add(book, "alice", "int b;", ATTEMPT_GRADED, 90, 100);
    expect_mark(book, "alice", ATTEMPT_GRADED, 90, 100);
    add(book, "alice", "int c;", ATTEMPT_GRADED, 10, 100);
    expect_mark(book, "alice", ATTEMPT_GRADED, 90, 100);
    gradebook_close(book);
}

Test(gradebook, nothing_that_is_unfinished_lowers_a_mark)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_GRADED, 40, 100);
    add(book, "alice", "int b;", ATTEMPT_BUSY, 30, 80);
    expect_mark(book, "alice", ATTEMPT_GRADED, 40, 100);
    add(book, "alice", "int c;", ATTEMPT_NOT_GRADED, 99, 100);
    expect_mark(book, "alice", ATTEMPT_GRADED, 40, 100);
    add(book, "alice", "int d;", ATTEMPT_UNTIMED, 80, 100);
    expect_mark(book, "alice", ATTEMPT_GRADED, 40, 100);
    gradebook_close(book);
}

Test(gradebook, a_busy_attempt_counts_until_a_better_one_comes)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_BUSY, 80, 80);
    expect_mark(book, "alice", ATTEMPT_BUSY, 80, 80);
    add(book, "alice", "int a;", ATTEMPT_GRADED, 80, 100); // as many points, and now all is known
    expect_mark(book, "alice", ATTEMPT_GRADED, 80, 100);
    gradebook_close(book);
}

Test(gradebook, what_could_not_be_graded_is_told_and_has_no_points)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_NOT_GRADED, 10, 100);
    struct class class = class_read(book);
    cr_expect(!class_counts(&class.students[0].marks[0]), "it counts");
    cr_expect(class_median(&class, 0) == -1, "there is a median of nothing");
    class_free(&class);
    gradebook_close(book);
}

static void expect_found(struct gradebook *book, struct attempt attempt, enum attempt_state state,
                         int64_t id)
{
    gradebook_find(book, &attempt);
    cr_expect(attempt.state == state && attempt.id == id,
              "attempt %d was found in state %d, expected %d in state %d", (int)attempt.id, attempt.state,
              (int)id, state);
}

Test(gradebook, only_what_is_graded_by_the_same_grader_is_done)
{
    struct gradebook *book = open_book();
    struct attempt attempt = attempt_of(book, "alice", "int a;");
    expect_found(book, attempt, ATTEMPT_NONE, 0);
    record(book, &attempt, ATTEMPT_NOT_GRADED, 0, 0);
    expect_found(book, attempt, ATTEMPT_NONE, 0);
    attempt.id = 0;
    record(book, &attempt, ATTEMPT_BUSY, 5, 10);
    expect_found(book, attempt, ATTEMPT_NONE, 0);
    attempt.id = 0;
    record(book, &attempt, ATTEMPT_UNTIMED, 5, 10);
    expect_found(book, attempt, ATTEMPT_UNTIMED, attempt.id);
    record(book, &attempt, ATTEMPT_GRADED, 10, 10); // the same attempt, finished
    expect_found(book, attempt, ATTEMPT_GRADED, attempt.id);
    struct attempt other = attempt_of(book, "bob", "int a;");
    expect_found(book, other, ATTEMPT_NONE, 0);
    other = attempt;
    strcpy(other.grader, "another");
    expect_found(book, other, ATTEMPT_NONE, 0);
    other = attempt;
    strcpy(other.exercise, "08-pool");
    expect_found(book, other, ATTEMPT_NONE, 0);
    gradebook_close(book);
}

// A worker may be lost when it has recorded its grading and not yet said so.
Test(gradebook, what_is_finished_is_not_finished_again)
{
    struct gradebook *book = open_book();
    struct attempt attempt = attempt_of(book, "alice", "int a;");
    record(book, &attempt, ATTEMPT_UNTIMED, 5, 10);
    record(book, &attempt, ATTEMPT_GRADED, 10, 10);
    struct attempt lost = attempt;
    record(book, &lost, ATTEMPT_NOT_GRADED, 0, 0);
    expect_found(book, attempt, ATTEMPT_GRADED, attempt.id);
    expect_mark(book, "alice", ATTEMPT_GRADED, 10, 10);
    gradebook_close(book);
}

Test(gradebook, sources_are_kept_as_they_were)
{
    struct gradebook *book = open_book();
    char digest[DIGEST_SIZE], other[DIGEST_SIZE];
    struct source text = {.text = "int x;\n\xff", .size = 8};
    struct source refused = {.why = "It is empty."};
    digest_source(&text, digest);
    gradebook_keep(book, digest, &text);
    digest_source(&refused, other);
    gradebook_keep(book, other, &refused);
    cr_expect(strcmp(digest, other) != 0, "different sources have the same digest");
    struct source kept = gradebook_source(book, digest);
    cr_expect(kept.size == 8 && memcmp(kept.text, text.text, 8) == 0, "the source has changed");
    free(kept.text);
    kept = gradebook_source(book, other);
    cr_expect(kept.text == NULL && strcmp(kept.why, "It is empty.") == 0, "the reason has become \"%s\"",
              kept.why);
    gradebook_close(book);
}

Test(gradebook, the_seed_stays_unless_another_is_given)
{
    struct gradebook *book = open_book();
    uint64_t given = 7;
    cr_expect(gradebook_seed(book, NULL, 3) == 3);
    gradebook_close(book);
    book = open_book();
    cr_expect(gradebook_seed(book, NULL, 4) == 3, "the seed has changed");
    cr_expect(gradebook_seed(book, &given, 4) == 7, "the seed that was given is not taken");
    cr_expect(gradebook_seed(book, NULL, 4) == 7, "the seed that was given has not stayed");
    gradebook_close(book);
}

// Runs `work` in a child, and returns how it ended.
static int in_child(void (*work)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        work();
        _exit(0);
    }
    return wait_for(pid);
}

static void only_open(void)
{
    gradebook_close(open_book());
}

// As somebody else's program would.
static void change_database(const char *statement)
{
    sqlite3 *database;
    cr_assert(sqlite3_open(in_folder("gradebook.db"), &database) == SQLITE_OK);
    cr_assert(sqlite3_exec(database, statement, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

Test(gradebook, what_is_no_gradebook_is_refused_and_left_alone)
{
    write_text(in_folder("gradebook.db"),
               "dear diary, this is no database, but it is long enough ......");
    cr_expect(in_child(only_open) == EXIT_NOT_GRADED, "a text was opened");
    cr_expect(strncmp(read_text(in_folder("gradebook.db")), "dear diary", 10) == 0, "it has changed");
    unlink(in_folder("gradebook.db"));
    change_database("CREATE TABLE mine (x)");
    cr_expect(in_child(only_open) == EXIT_NOT_GRADED, "somebody else's database was opened");
    unlink(in_folder("gradebook.db"));
    only_open();
    change_database("PRAGMA user_version = 3");
    cr_expect(in_child(only_open) == EXIT_NOT_GRADED, "a gradebook of a later version was opened");
}

// Marks of a class must not be lost with a new grader: what an earlier version lacks is added.
Test(gradebook, one_of_version_1_is_taken_over)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_GRADED, 50, 100);
    gradebook_close(book);
    change_database("DROP TABLE handed_in; PRAGMA user_version = 1");
    only_open();
    book = open_book();
    gradebook_hand_in(book, gradebook_student(book, "bob", ""), "02-process");
    struct class class = class_read(book);
    cr_assert(class.student_count == 2 && class.exercise_count == 1, "it has %zu students",
              class.student_count);
    cr_expect(class.students[0].marks[0].points == 50, "alice has lost her mark");
    cr_expect(class.students[1].marks[0].state == ATTEMPT_WAITING, "bob is not waiting");
    class_free(&class);
    gradebook_close(book);
}

static void break_off(void)
{
    struct gradebook *book = open_book();
    gradebook_begin(book);
    add(book, "bob", "int b;", ATTEMPT_GRADED, 50, 100);
    raise(SIGKILL);
}

Test(gradebook, a_kill_in_the_middle_of_a_change_leaves_what_was_before)
{
    struct gradebook *book = open_book();
    add(book, "alice", "int a;", ATTEMPT_GRADED, 40, 100);
    gradebook_close(book);
    cr_assert(in_child(break_off) == -SIGKILL);
    book = open_book();
    struct class class = class_read(book);
    cr_expect(class.student_count == 1, "there are %zu students", class.student_count);
    class_free(&class);
    expect_mark(book, "alice", ATTEMPT_GRADED, 40, 100);
    gradebook_close(book);
}

static void add_many(void)
{
    char text[64];
    for (int i = 0; i < 20; i++) {
        struct gradebook *book = open_book();
        snprintf(text, sizeof text, "int x%d_%d;", (int)getpid(), i);
        add(book, "alice", text, ATTEMPT_GRADED, i, 100);
        gradebook_close(book);
    }
}

Test(gradebook, processes_can_write_at_the_same_time)
{
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            add_many();
            _exit(0);
        }
    }
    for (int i = 0; i < 4; i++)
        cr_expect(wait_for(children[i]) == 0, "one of them has failed");
    struct gradebook *book = open_book();
    sqlite3_stmt *asked = database_ask(book, "SELECT count(*) FROM attempts", "");
    cr_assert(database_row(book, asked));
    cr_expect(sqlite3_column_int(asked, 0) == 80, "there are %d attempts", sqlite3_column_int(asked, 0));
    database_done(asked);
    gradebook_close(book);
}
