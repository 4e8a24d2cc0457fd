// Reads what a drive answered: "NAME SIZE\n", SIZE bytes, "\n", and at the end of each answer "end
// PID\n".
#include "answer.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct value {
    const char *name; // NULL: the end of an answer, and `size` is the pid
    size_t name_size;
    const char *bytes;
    size_t size;
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
    if (errno != 0 || after_number != newline)
        return false;
    *value = (struct value){.name = begin, .name_size = (size_t)(space - begin), .size = number};
    if (value->name_size == 3 && memcmp(begin, "end", 3) == 0) {
        value->name = NULL;
        *at = (size_t)(newline + 1 - outcome->answer);
        return true;
    }
    value->bytes = newline + 1;
    if (number >= (size_t)(end - value->bytes) || value->bytes[number] != '\n')
        return false;
    *at = (size_t)(value->bytes + number + 1 - outcome->answer);
    return true;
}

int answer_count(const struct outcome *outcome)
{
    int count = 0;
    struct value value = {0};
    for (size_t at = 0; at < outcome->answer_size;) {
        if (!read_item(outcome, &at, &value))
            return -1;
        count += value.name == NULL;
    }
    return outcome->answer_size > 0 && value.name != NULL ? -1 : count;
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
