// The gradebook of a class.
#include "gradebook.h"
#include "../grade/die.h"
#include "database.h"
#include "gradebook_schema.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATIENCE_MS = 60000 }; // for another process that writes; it takes milliseconds

static const char *const states[] = {
    [ATTEMPT_UNTIMED] = "untimed",
    [ATTEMPT_GRADED] = "graded",
    [ATTEMPT_BUSY] = "busy",
    [ATTEMPT_NOT_GRADED] = "not_graded",
};

enum attempt_state gradebook_state(const char *name)
{
    for (enum attempt_state state = ATTEMPT_UNTIMED; state <= ATTEMPT_NOT_GRADED; state++)
        if (strcmp(states[state], name) == 0)
            return state;
    die("the gradebook has a state \"%s\"", name);
}

static int64_t number(struct gradebook *book, const char *statement)
{
    sqlite3_stmt *asked = database_ask(book, statement, "");
    int64_t value = database_row(book, asked) ? sqlite3_column_int64(asked, 0) : 0;
    database_done(asked);
    return value;
}

static void stamp(struct gradebook *book)
{
    char text[200];
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             GRADEBOOK_APPLICATION, GRADEBOOK_VERSION);
    database_run(book, text);
}

// Another process may make it at the same time: whoever comes second finds it made.
static void make_tables(struct gradebook *book, const char *path)
{
    gradebook_begin(book);
    int64_t version = number(book, "PRAGMA user_version");
    int64_t tables = number(book, "SELECT count(*) FROM sqlite_schema");
    if (version == 0 && tables == 0) {
        if (chmod(path, 0600) == -1) // marks are nobody else's business; its journal has the same mode
            die("the gradebook %s: %s", path, strerror(errno));
        database_run(book, GRADEBOOK_SCHEMA);
        database_run(book, GRADEBOOK_SCHEMA_SINCE_2);
        stamp(book);
    } else if (number(book, "PRAGMA application_id") != GRADEBOOK_APPLICATION) {
        die("%s is not a gradebook", path);
    } else if (version == 1) {
        database_run(book, GRADEBOOK_SCHEMA_SINCE_2);
        stamp(book);
    } else if (version != GRADEBOOK_VERSION) {
        die("the gradebook %s is of version %d, and this grader knows version %d", path, (int)version,
            GRADEBOOK_VERSION);
    }
    gradebook_commit(book);
}

struct gradebook *gradebook_open(const char *path)
{
    struct gradebook *book = malloc(sizeof *book);
    if (book == NULL)
        die("out of memory");
    int status = sqlite3_open_v2(path, &book->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (status != SQLITE_OK)
        die("the gradebook %s: %s", path, sqlite3_errstr(status));
    sqlite3_busy_timeout(book->database, PATIENCE_MS);
    database_run(book,
                 "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL");
    if (number(book, "PRAGMA user_version") != GRADEBOOK_VERSION ||
        number(book, "PRAGMA application_id") != GRADEBOOK_APPLICATION)
        make_tables(book, path);
    return book;
}

void gradebook_close(struct gradebook *book)
{
    sqlite3_close(book->database);
    free(book);
}

void gradebook_begin(struct gradebook *book)
{
    database_run(book, "BEGIN IMMEDIATE");
}

void gradebook_commit(struct gradebook *book)
{
    database_run(book, "COMMIT");
}

uint64_t gradebook_seed(struct gradebook *book, const uint64_t *given, uint64_t fresh)
{
    if (given != NULL)
        database_do(book, "INSERT OR REPLACE INTO settings VALUES ('seed', ?)", "i", (int64_t)*given);
    database_do(book, "INSERT OR IGNORE INTO settings VALUES ('seed', ?)", "i", (int64_t)fresh);
    return (uint64_t)number(book, "SELECT value FROM settings WHERE key = 'seed'");
}

int64_t gradebook_student(struct gradebook *book, const char *name, const char *note)
{
    database_do(book,
                "INSERT INTO students (name, note) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET "
                "note = excluded.note WHERE note <> excluded.note",
                "tt", name, note);
    sqlite3_stmt *asked = database_ask(book, "SELECT id FROM students WHERE name = ?", "t", name);
    int64_t id = database_row(book, asked) ? sqlite3_column_int64(asked, 0) : 0;
    database_done(asked);
    return id;
}

void gradebook_hand_in(struct gradebook *book, int64_t student, const char *exercise)
{
    database_do(book, "INSERT OR IGNORE INTO handed_in VALUES (?, ?)", "it", student, exercise);
}

void gradebook_keep(struct gradebook *book, const char *digest, const struct source *source)
{
    database_do(book, "INSERT OR IGNORE INTO sources VALUES (?, ?, ?)", "tbt", digest, source->text,
                source->size, source->text == NULL ? source->why : NULL);
}

struct source gradebook_source(struct gradebook *book, const char *digest)
{
    struct source source = {0};
    sqlite3_stmt *asked =
        database_ask(book, "SELECT text, why FROM sources WHERE digest = ?", "t", digest);
    if (!database_row(book, asked))
        die("the gradebook has lost the source %s", digest);
    const void *bytes = sqlite3_column_blob(asked, 0);
    if (bytes == NULL) {
        snprintf(source.why, sizeof source.why, "%s", (const char *)sqlite3_column_text(asked, 1));
    } else {
        source.size = (size_t)sqlite3_column_bytes(asked, 0);
        source.text = malloc(source.size);
        if (source.text == NULL)
            die("out of memory");
        memcpy(source.text, bytes, source.size);
    }
    database_done(asked);
    return source;
}

void gradebook_find(struct gradebook *book, struct attempt *attempt)
{
    sqlite3_stmt *asked =
        database_ask(book,
                     "SELECT id, state, seed FROM attempts WHERE student = ? AND exercise = ? AND source "
                     "= ? AND grader = ? "
                     "AND state IN ('graded', 'untimed') ORDER BY state = 'graded' DESC, id DESC",
                     "ittt", attempt->student, attempt->exercise, attempt->source, attempt->grader);
    attempt->id = 0;
    attempt->state = ATTEMPT_NONE;
    if (database_row(book, asked)) {
        attempt->id = sqlite3_column_int64(asked, 0);
        attempt->state = gradebook_state((const char *)sqlite3_column_text(asked, 1));
        attempt->seed = (uint64_t)sqlite3_column_int64(asked, 2);
    }
    database_done(asked);
}

void gradebook_record(struct gradebook *book, struct attempt *attempt, const json_t *result)
{
    char *text = json_dumps(result, JSON_COMPACT);
    if (text == NULL)
        die("cannot write a result down");
    if (attempt->id == 0)
        database_do(book,
                    "INSERT INTO attempts (student, exercise, source, grader, commit_id, file, seed, "
                    "begun, state, points, max_points, cpu_seconds, result) VALUES (?, ?, ?, ?, ?, ?, ?, "
                    "strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, ?)",
                    "ittttt"
                    "it"
                    "iidt",
                    attempt->student, attempt->exercise, attempt->source, attempt->grader,
                    attempt->commit, attempt->file, (int64_t)attempt->seed, states[attempt->state],
                    (int64_t)attempt->points, (int64_t)attempt->max_points, attempt->cpu_seconds, text);
    else
        database_do(
            book,
            "UPDATE attempts SET state = ?, points = ?, max_points = ?, cpu_seconds = cpu_seconds "
            "+ ?, result = ? WHERE id = ? AND state = 'untimed'",
            "tiidti", states[attempt->state], (int64_t)attempt->points, (int64_t)attempt->max_points,
            attempt->cpu_seconds, text, attempt->id);
    if (attempt->id == 0)
        attempt->id = sqlite3_last_insert_rowid(book->database);
    free(text);
}

json_t *gradebook_result(struct gradebook *book, int64_t attempt)
{
    sqlite3_stmt *asked = database_ask(book, "SELECT result FROM attempts WHERE id = ?", "i", attempt);
    json_t *result = database_row(book, asked)
                         ? json_loads((const char *)sqlite3_column_text(asked, 0), 0, NULL)
                         : NULL;
    database_done(asked);
    if (result == NULL)
        die("the gradebook has lost the attempt %lld", (long long)attempt);
    return result;
}
