// How the server conducts itself towards one request.
#include "conduct.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const fault_names[FAULTS] = {
    [FAULT_NONE] = "",           [FAULT_NOT_FOUND] = "404",     [FAULT_ERROR] = "500",
    [FAULT_UNAVAILABLE] = "503", [FAULT_REDIRECT] = "redirect", [FAULT_LOOP] = "loop",
    [FAULT_CUT] = "cut",         [FAULT_LONG] = "long",         [FAULT_STALL] = "stall",
    [FAULT_ENDLESS] = "endless", [FAULT_DRIP] = "drip",         [FAULT_NONSENSE] = "nonsense",
    [FAULT_RESET] = "reset",
};

bool number_read(const char *text, int64_t least, int64_t most, int64_t *number)
{
    if (text == NULL || *text < '0' || *text > '9') // strtoll() would accept blanks and signs
        return false;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (*end != '\0' || errno != 0 || value < least || value > most)
        return false;
    *number = value;
    return true;
}

static int set_number(int *number, const char *value, int most)
{
    int64_t read;
    if (!number_read(value, 0, most, &read))
        return -1;
    *number = (int)read;
    return 1;
}

static int set_fault(enum fault *fault, const char *value)
{
    for (enum fault i = FAULT_NONE; value != NULL && i < FAULTS; i++)
        if (strcmp(value, fault_names[i]) == 0) {
            *fault = i;
            return 1;
        }
    return -1;
}

int conduct_set(struct conduct *conduct, const char *name, const char *value)
{
    if (strcmp(name, "delay") == 0)
        return set_number(&conduct->delay_ms, value, CONDUCT_MOST_DELAY_MS);
    if (strcmp(name, "meet") == 0)
        return set_number(&conduct->meet, value, CONDUCT_MOST_MEET);
    if (strcmp(name, "rate") == 0)
        return number_read(value, 0, INT64_C(1) << 40, &conduct->rate) ? 1 : -1;
    if (strcmp(name, "fault") == 0)
        return set_fault(&conduct->fault, value);
    if (strcmp(name, "times") == 0)
        return set_number(&conduct->times, value, 1000000);
    if (strcmp(name, "after") == 0)
        return set_number(&conduct->after, value, 3600);
    return 0;
}

const char *conduct_fault_name(enum fault fault)
{
    return fault_names[fault];
}
