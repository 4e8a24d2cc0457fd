// What the workbook's server has counted.
#pragma once
#include "gallery.h"
#include <curl/curl.h>
#include <jansson.h>

static int
    counters_asked; // how often: each time by a connection of its own

// For the caller to json_decref().
static inline json_t *counters_get(void)
{
    char link[LINK_SIZE], *text = NULL;
    size_t size = 0;
    FILE *answer = open_memstream(&text, &size);
    CURL *curl = curl_easy_init();
    if (answer == NULL || curl == NULL)
        gallery_fail("counters");
    curl_easy_setopt(curl, CURLOPT_URL, link_to(link, "/counters"));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    json_t *counters = NULL;
    if (code == CURLE_OK && fclose(answer) == 0)
        counters = json_loadb(text, size, 0, NULL);
    free(text);
    if (!json_is_object(counters)) {
        fputs("this needs the workbook's own server\n", stderr);
        exit(2);
    }
    counters_asked++;
    return counters;
}

// How many connections there were so far, without our own.
static inline int connections_so_far(void)
{
    json_t *counters = counters_get();
    json_t *number = json_object_get(counters, "connections");
    int connections = (int)json_integer_value(number) - counters_asked;
    json_decref(counters);
    return connections;
}

// One of the numbers of a link: "requests", "authorized", "early" ...
static inline int counted(const char *link, const char *what)
{
    json_t *counters = counters_get();
    json_t *paths = json_object_get(counters, "paths");
    json_t *path = json_object_get(paths, link + strlen(base_url()));
    int number = (int)json_integer_value(json_object_get(path, what));
    json_decref(counters);
    return number;
}
