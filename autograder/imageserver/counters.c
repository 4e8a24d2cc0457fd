// What the server has seen.
#define _GNU_SOURCE // tdestroy, twalk_r
#include "counters.h"
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct path {
    char *name;
    size_t requests, bytes, authorized, early;
    unsigned last_status;
    int64_t next; // when it may come again
};

struct counters {
    size_t connections, connections_now, connections_at_once;
    size_t requests, requests_now, requests_at_once;
    size_t bytes;
    void *paths; // a tree of struct path: tsearch(3)
    size_t path_count;
};

struct counters *counters_create(void)
{
    return calloc(1, sizeof(struct counters));
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct path *)a)->name, ((const struct path *)b)->name);
}

static void free_path(void *path)
{
    free(((struct path *)path)->name);
    free(path);
}

void counters_release(struct counters *counters)
{
    if (counters != NULL)
        tdestroy(counters->paths, free_path);
    free(counters);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

void counters_connection_opened(struct counters *counters)
{
    counters->connections++;
    counters->connections_now++;
    counters->connections_at_once = larger(counters->connections_at_once, counters->connections_now);
}

void counters_connection_closed(struct counters *counters)
{
    counters->connections_now--;
}

static struct path *find_path(const struct counters *counters, const char *name)
{
    struct path key = {.name = (char *)name};
    struct path **found = tfind(&key, &counters->paths, compare_paths);
    return found == NULL ? NULL : *found;
}

static struct path *add_path(struct counters *counters, const char *name)
{
    struct path *path = counters->path_count < COUNTERS_MOST_PATHS ? calloc(1, sizeof *path) : NULL;
    if (path == NULL)
        return NULL;
    path->name = strdup(name);
    if (path->name == NULL || tsearch(path, &counters->paths, compare_paths) == NULL) {
        free_path(path);
        return NULL;
    }
    counters->path_count++;
    return path;
}

size_t counters_request_begun(struct counters *counters, const char *name, int64_t now)
{
    counters->requests++;
    counters->requests_now++;
    counters->requests_at_once = larger(counters->requests_at_once, counters->requests_now);
    struct path *path = find_path(counters, name);
    if (path == NULL)
        path = add_path(counters, name);
    if (path == NULL)
        return 0;
    path->early += now < path->next;
    return path->requests++;
}

void counters_request_ended(struct counters *counters, const char *name, const struct counted *counted)
{
    counters->requests_now--;
    counters->bytes += counted->bytes;
    struct path *path = find_path(counters, name);
    if (path == NULL)
        return;
    path->bytes += counted->bytes;
    path->last_status = counted->status;
    path->authorized += counted->authorized;
    path->next = counted->next;
}

void counters_reset(struct counters *counters)
{
    tdestroy(counters->paths, free_path);
    *counters = (struct counters){
        .connections = counters->connections_now,
        .connections_now = counters->connections_now,
        .connections_at_once = counters->connections_now,
        .requests_now = counters->requests_now,
        .requests_at_once = counters->requests_now,
    };
}

static void add_path_json(const void *node, VISIT visit, void *paths)
{
    const struct path *path = *(struct path *const *)node;
    if (visit == postorder || visit == leaf)
        json_object_set_new(paths, path->name,
                            json_pack("{s:I, s:I, s:i, s:I, s:I}", "requests", (json_int_t)path->requests,
                                      "bytes", (json_int_t)path->bytes, "last_status",
                                      (int)path->last_status, "authorized", (json_int_t)path->authorized,
                                      "early", (json_int_t)path->early));
}

json_t *counters_json(const struct counters *counters)
{
    json_t *paths = json_object();
    twalk_r(counters->paths, add_path_json, paths);
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:o}", "connections", (json_int_t)counters->connections,
                     "connections_at_once", (json_int_t)counters->connections_at_once, "requests",
                     (json_int_t)counters->requests, "requests_at_once",
                     (json_int_t)counters->requests_at_once, "bytes", (json_int_t)counters->bytes,
                     "paths", paths);
}
