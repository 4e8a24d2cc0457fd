// Many downloads in one process: libcurl's multi interface waits for all
// connections at once.
#pragma once
#include "downloads.h"
#include <curl/curl.h>

// [region add]
static inline void add(CURLM *multi, const struct download *download)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, download->name);
    FILE *file = fopen(path, "w");
    CURL *curl = curl_easy_init();
    if (file == NULL || curl == NULL)
        gallery_fail(path);
    curl_easy_setopt(curl, CURLOPT_URL, download->link);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file); // by fwrite()
    curl_easy_setopt(curl, CURLOPT_PRIVATE, file);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    if (curl_multi_add_handle(multi, curl) != CURLM_OK)
        gallery_fail("curl_multi_add_handle");
}
// [endregion add]

// [region remove]
// Takes out one that has come to its end. Returns whether it is there.
static inline bool take_out(CURLM *multi, CURLMsg *message)
{
    CURL *curl = message->easy_handle;
    bool good = message->data.result == CURLE_OK; // before it is removed
    FILE *file = NULL;
    curl_easy_getinfo(curl, CURLINFO_PRIVATE, &file);
    curl_multi_remove_handle(multi, curl);
    curl_easy_cleanup(curl);
    return fclose(file) == 0 && good;
}
// [endregion remove]

// [region loop]
// At most `most` at the same time. Returns how many are there.
static inline int multi_download(const struct download downloads[],
                                 int count, int most)
{
    int next = 0, under_way = 0, done = 0, left;
    CURLM *multi = curl_multi_init();
    if (multi == NULL)
        gallery_fail("curl_multi_init");
    while (next < count || under_way > 0) {
        for (; next < count && under_way < most; under_way++)
            add(multi, &downloads[next++]);
        if (curl_multi_perform(multi, &left) != CURLM_OK)
            gallery_fail("curl_multi_perform");
        CURLMsg *message = curl_multi_info_read(multi, &left);
        if (message != NULL) {
            done += take_out(multi, message);
            under_way--;
        } else // all of them wait, and so do we
            if (curl_multi_poll(multi, NULL, 0, 1000, NULL) != CURLM_OK)
                gallery_fail("curl_multi_poll");
    }
    curl_multi_cleanup(multi);
    return done;
}
// [endregion loop]
