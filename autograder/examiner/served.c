// What the image server saw that ran beside a drive.
#include "served.h"
#include "running.h"
#include <string.h>

static json_t *counters_of(const struct outcome *outcome)
{
    json_t *counters = json_loadb(outcome->companion, outcome->companion_size, 0, NULL);
    if (!json_is_object(counters))
        running_not_graded("the image server beside the drive has told nothing");
    return counters;
}

int64_t served(const struct outcome *outcome, const char *counter)
{
    json_t *counters = counters_of(outcome);
    json_t *value = json_object_get(counters, counter);
    if (!json_is_integer(value))
        running_not_graded("the image server has no such counter");
    int64_t number = json_integer_value(value);
    json_decref(counters);
    return number;
}

// Adds up the requests for all paths that begin with `beginning`, or are it.
static int64_t sum(const struct outcome *outcome, const char *beginning, bool whole)
{
    json_t *counters = counters_of(outcome), *value;
    const char *path;
    int64_t requests = 0;
    json_object_foreach (json_object_get(counters, "paths"), path, value)
        if (whole ? strcmp(path, beginning) == 0 : strncmp(path, beginning, strlen(beginning)) == 0)
            requests += json_integer_value(json_object_get(value, "requests"));
    json_decref(counters);
    return requests;
}

int64_t served_requests(const struct outcome *outcome, const char *path)
{
    return sum(outcome, path, true);
}

int64_t served_requests_below(const struct outcome *outcome, const char *beginning)
{
    return sum(outcome, beginning, false);
}
