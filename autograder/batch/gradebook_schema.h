// The tables of a gradebook, version 2 ("user_version" of the database).
//
// settings  `seed`, of the random inputs of this class.
// students  one for each submission, named by its folder or archive. note: why the last submission could
//           not be taken in, or ''.
// sources   what was graded, by its digest (SHA-256): its text, or why it was not let in.
// attempts  one grading of one source. They are kept, all of them. grader: the digest of the programs,
//           tests and kit. begun: UTC. state: 'untimed' (the tests that are timed are still to be done),
//           'graded', 'busy', 'not_graded' (enum attempt_state). result: the JSON of grade/result.h, of
//           this exercise alone.
// handed_in which exercises a student has handed in, graded or not: a batch that is interrupted must
//           not tell of those whose turn never came that they are missing. (Version 1 did not have it.)
// marks     of each student and exercise the attempt that counts: of those that are graded or busy the
//           one with the most points, and of equals one that is graded, and the earliest. So no later
//           attempt can lower a mark. Where there is none: the last attempt, with `counts` 0.
//
// The journal is the ordinary one, not a write-ahead log: at rest the gradebook is one file, which can be
// copied, and after a kill SQLite rolls an unfinished change back. Writes are few, one for each grading.
#pragma once

#define GRADEBOOK_APPLICATION 0x6d706377 // "mpcw"
#define GRADEBOOK_VERSION     2

#define GRADEBOOK_SCHEMA                                                                                 \
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"                        \
    "CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT NOT NULL);"     \
    "CREATE TABLE sources (digest TEXT PRIMARY KEY, text BLOB, why TEXT,"                                \
    "    CHECK ((text IS NULL) <> (why IS NULL))) WITHOUT ROWID;"                                        \
    "CREATE TABLE attempts (id INTEGER PRIMARY KEY,"                                                     \
    "    student INTEGER NOT NULL REFERENCES students, exercise TEXT NOT NULL,"                          \
    "    source TEXT NOT NULL REFERENCES sources, grader TEXT NOT NULL,"                                 \
    "    commit_id TEXT NOT NULL, file TEXT NOT NULL, seed INTEGER NOT NULL, begun TEXT NOT NULL,"       \
    "    state TEXT NOT NULL CHECK (state IN ('untimed', 'graded', 'busy', 'not_graded')),"              \
    "    points INTEGER NOT NULL, max_points INTEGER NOT NULL, cpu_seconds REAL NOT NULL,"               \
    "    result TEXT NOT NULL);"                                                                         \
    "CREATE INDEX attempts_by_student ON attempts (student, exercise);"                                  \
    "CREATE VIEW marks AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY student, exercise"    \
    "    ORDER BY counts DESC, counts * points DESC, state = 'graded' DESC,"                             \
    "    CASE counts WHEN 1 THEN id ELSE -id END) AS place"                                              \
    "  FROM (SELECT *, state IN ('graded', 'busy') AS counts FROM attempts)) WHERE place = 1;"

#define GRADEBOOK_SCHEMA_SINCE_2                                                                         \
    "CREATE TABLE handed_in (student INTEGER NOT NULL REFERENCES students, exercise TEXT NOT NULL,"      \
    "    PRIMARY KEY (student, exercise)) WITHOUT ROWID;"
