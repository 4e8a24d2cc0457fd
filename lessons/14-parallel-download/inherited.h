// A connection that was made before the fork, and two processes that use
// it in a fixed order: first both ask, then both read.
#pragma once
#include "../09-initializer/steps.h"
#include "downloads.h"
#include "process.h"
#include <curl/curl.h>

// [region steps]
static CURL *curl; // made by the parent, copied by the fork
static struct gate asked[2], read_on[2];
static int me; // 0 or 1

// libcurl calls this when it has sent the header of a request.
static inline int has_sent(CURL *handle, curl_infotype type, char *data,
                           size_t size, void *argument)
{
    (void)handle, (void)data, (void)size, (void)argument;
    if (type == CURLINFO_HEADER_OUT) {
        tell(&asked[me]);
        await(&read_on[me]);
    }
    return 0;
}
// [endregion steps]

// Gets a page on a handle into a text, at the end of what is there.
struct text {
    char bytes[500000];
    size_t size;
};

static inline size_t append(char *bytes, size_t one, size_t size,
                            void *argument)
{
    struct text *text = argument;
    if (size > sizeof text->bytes - text->size)
        return 0;
    memcpy(text->bytes + text->size, bytes, one * size);
    text->size += one * size;
    return one * size;
}

static inline CURLcode get(CURL *handle, const char *link,
                           curl_write_callback callback, struct text *text)
{
    curl_easy_setopt(handle, CURLOPT_URL, link);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, text);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 5L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    return curl_easy_perform(handle);
}

// The parent's part: opens the connection, starts two workers, and lets
// the server answer when both have asked. The first request has to be one
// that meets another: only then the server answers it.
static inline void start_two(int (*work)(void *), struct process *two[2],
                             struct text *text)
{
    char *first = page_link(0, 10, ""), *other = page_link(9, 10, "meet=2");
    CURL *own = curl_easy_init();
    curl = curl_easy_init();
    if (curl == NULL || own == NULL ||
        get(curl, first, append, text) != CURLE_OK)
        gallery_fail("curl");
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, has_sent);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); // or it is not called
    for (me = 0; me < 2; me++) {
        asked[me] = make_gate();
        read_on[me] = make_gate();
    }
    for (me = 0; me < 2; me++) {
        two[me] = process_create(work, NULL);
        if (two[me] == NULL || process_start(two[me]) == -1)
            gallery_fail("process_start");
        await(&asked[me]);
    }
    if (get(own, other, append, text) != CURLE_OK)
        gallery_fail("curl");
    curl_easy_cleanup(own);
    free(first);
    free(other);
}

static inline bool both_succeed(struct process *two[2])
{
    bool good = true;
    for (int i = 0; i < 2; i++) {
        good = process_join(two[i], -1) == 0 &&
               process_exit_code(two[i]) == EXIT_SUCCESS && good;
        process_release(two[i]);
    }
    curl_easy_cleanup(curl);
    return good;
}
