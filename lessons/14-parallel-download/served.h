// What the server has seen, from its own counters.
#pragma once
#include "downloads.h"
#include <curl/curl.h>
#include <jansson.h>

struct served {
    long connections, requests;
    long at_once; // requests: the most that there ever were
};

// Each look is a request on a connection of its own; they are not counted.
static inline struct served served(void)
{
    static int looks;
    char url[300];
    snprintf(url, sizeof url, "%s/counters", base_url());
    FILE *answer = tmpfile();
    CURL *curl = curl_easy_init();
    if (answer == NULL || curl == NULL)
        gallery_fail("served");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    rewind(answer);
    json_t *json = json_loadf(answer, 0, NULL);
    json_int_t connections, requests, at_once;
    if (code != CURLE_OK ||
        json_unpack(json, "{s:I, s:I, s:I}", "connections", &connections,
                    "requests", &requests, "requests_at_once",
                    &at_once) == -1) {
        fputs("no counters: is this the workbook's server?\n", stderr);
        exit(2);
    }
    json_decref(json);
    fclose(answer);
    looks++;
    return (struct served){(long)connections - looks,
                           (long)requests - looks, (long)at_once};
}
