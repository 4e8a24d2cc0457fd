// SQLite with one way of asking: a statement, its values, and what to do with its rows. For the
// gradebook. Every fault ends the program with a message.
#pragma once
#include <sqlite3.h>

struct gradebook {
    sqlite3 *database;
};

// A statement with its values, one for each '?': `types` has a letter for each, 'i' (int64_t), 'd'
// (double), 't' (text) or 'b' (bytes: const void *, size_t); a NULL text, or NULL bytes, is NULL. To be
// stepped, and given to database_done().
sqlite3_stmt *database_ask(struct gradebook *book, const char *statement, const char *types, ...);

// Goes to the next row. Returns 1, or 0 when there is none.
int database_row(struct gradebook *book, sqlite3_stmt *asked);
void database_done(sqlite3_stmt *asked);

// Runs a statement that gives no rows; and several without values.
void database_do(struct gradebook *book, const char *statement, const char *types, ...);
void database_run(struct gradebook *book, const char *statements);
