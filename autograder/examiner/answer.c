// Reads what a drive answered: "NAME SIZE\n", SIZE bytes, "\n", and at the end of each answer "end
// PID\n".
#include "answer.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct value {
    const char *name; // NULL: the end of an answer, and `size` is the pid
    size_t name_size;
    const char *bytes; // of the value, or of the secret
    size_t size;
    size_t secret_size;
};

// Reads one item at `*at` and moves on behind it. Returns false if it is malformed.
static bool read_item(const struct outcome *outcome, size_t *at, struct value *value)
{
    const char *begin = outcome->answer + *at;
    const char *end = outcome->answer + outcome->answer_size;
    const char *newline = memchr(begin, '\n', (size_t)(end - begin));
    const char *space = newline == NULL ? NULL : memchr(begin, ' ', (size_t)(newline - begin));
    if (space == NULL || space == begin || space[1] < '0' || space[1] > '9')
        return false;
    char *after_number;
    errno = 0;
    unsigned long number = strtoul(space + 1, &after_number, 10);
    if (errno != 0 || (*after_number != '\n' && *after_number != ' '))
        return false;
    *value = (struct value){.name = begin, .name_size = (size_t)(space - begin), .size = number};
    if (value->name_size == 3 && memcmp(begin, "end", 3) == 0) {
        value->name = NULL;
        value->bytes = after_number + (*after_number == ' ');
        value->secret_size = (size_t)(newline - value->bytes);
        *at = (size_t)(newline + 1 - outcome->answer);
        return true;
    }
    value->bytes = newline + 1;
    if (after_number != newline || number >= (size_t)(end - value->bytes) || value->bytes[number] != '\n')
        return false;
    *at = (size_t)(value->bytes + number + 1 - outcome->answer);
    return true;
}

// Whether two items are the same value of one answer, or the ends of two answers of one process.
static bool clash(const struct value *a, const struct value *b)
{
    if (a->name == NULL || b->name == NULL)
        return a->name == b->name && a->size == b->size;
    return a->name_size == b->name_size && memcmp(a->name, b->name, a->name_size) == 0;
}

// Whether `item`, which ends at `end`, has come before: a name in the same answer, which begins at
// `begin`, or the end of an answer of the same process anywhere.
static bool is_repeated(const struct outcome *outcome, size_t begin, size_t end, const struct value *item)
{
    struct value other;
    size_t at = item->name == NULL ? 0 : begin;
    while (at < end && read_item(outcome, &at, &other) && at < end)
        if (clash(&other, item))
            return true;
    return false;
}

int answer_count(const struct outcome *outcome, const char *secret)
{
    enum { MOST = 1000 }; // values and answers: no drive gives that many
    int count = 0;
    size_t begin = 0;
    struct value value = {0};
    size_t at = 0;
    for (int items = 0; at < outcome->answer_size; items++) {
        if (items == MOST || !read_item(outcome, &at, &value) || is_repeated(outcome, begin, at, &value))
            return -1;
        if (value.name != NULL)
            continue;
        if (value.secret_size != strlen(secret) || memcmp(value.bytes, secret, value.secret_size) != 0)
            return -1;
        begin = at;
        count++;
    }
    return outcome->answer_size > 0 && value.name != NULL ? -1 : count;
}

bool answer_is_broken(const struct outcome *outcome, const char *secret)
{
    char line[128];
    size_t size = (size_t)snprintf(line, sizeof line, "broken %s\n", secret);
    return outcome->answer_size >= size &&
           memcmp(outcome->answer + outcome->answer_size - size, line, size) == 0;
}

// Where the answer begins that the program itself gave, or the first one.
static size_t own_answer(const struct outcome *outcome)
{
    size_t begin = 0;
    struct value value;
    for (size_t at = 0; at < outcome->answer_size && read_item(outcome, &at, &value);) {
        if (value.name != NULL)
            continue;
        if ((pid_t)value.size == outcome->report.program)
            return begin;
        begin = at;
    }
    return 0;
}

bool answer_find(const struct outcome *outcome, const char *name, const char **value, size_t *size)
{
    struct value item;
    for (size_t at = own_answer(outcome); at < outcome->answer_size && read_item(outcome, &at, &item);) {
        if (item.name == NULL)
            return false;
        if (item.name_size == strlen(name) && memcmp(item.name, name, item.name_size) == 0) {
            *value = item.bytes;
            *size = item.size;
            return true;
        }
    }
    return false;
}
