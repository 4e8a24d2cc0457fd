// SQLite with one way of asking.
#include "database.h"
#include "../grade/die.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

static _Noreturn void fail(struct gradebook *book)
{
    die("the gradebook %s: %s", sqlite3_db_filename(book->database, "main"),
        sqlite3_errmsg(book->database));
}

static int bind(sqlite3_stmt *asked, int place, char type, va_list *values)
{
    if (type == 'i')
        return sqlite3_bind_int64(asked, place, va_arg(*values, int64_t));
    if (type == 'd')
        return sqlite3_bind_double(asked, place, va_arg(*values, double));
    if (type == 't')
        return sqlite3_bind_text(asked, place, va_arg(*values, const char *), -1, SQLITE_TRANSIENT);
    const void *bytes = va_arg(*values, const void *);
    return sqlite3_bind_blob64(asked, place, bytes, va_arg(*values, size_t), SQLITE_TRANSIENT);
}

static sqlite3_stmt *ask(struct gradebook *book, const char *statement, const char *types,
                         va_list *values)
{
    sqlite3_stmt *asked;
    if (sqlite3_prepare_v2(book->database, statement, -1, &asked, NULL) != SQLITE_OK)
        fail(book);
    for (int place = 1; *types != '\0'; types++, place++)
        if (bind(asked, place, *types, values) != SQLITE_OK)
            fail(book);
    return asked;
}

sqlite3_stmt *database_ask(struct gradebook *book, const char *statement, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *asked = ask(book, statement, types, &values);
    va_end(values);
    return asked;
}

int database_row(struct gradebook *book, sqlite3_stmt *asked)
{
    int status = sqlite3_step(asked);
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        fail(book);
    return status == SQLITE_ROW;
}

void database_done(sqlite3_stmt *asked)
{
    sqlite3_finalize(asked);
}

void database_do(struct gradebook *book, const char *statement, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *asked = ask(book, statement, types, &values);
    va_end(values);
    while (database_row(book, asked))
        ;
    database_done(asked);
}

void database_run(struct gradebook *book, const char *statements)
{
    if (sqlite3_exec(book->database, statements, NULL, NULL, NULL) != SQLITE_OK)
        fail(book);
}
