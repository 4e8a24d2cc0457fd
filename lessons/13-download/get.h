// One GET with libcurl, for programs that are about something else.
#pragma once
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

struct got {
    CURLcode code;
    long status; // of HTTP; 0: there was no answer
    size_t size; // bytes of the body that came
};

static inline size_t count_bytes(char *bytes, size_t one, size_t size,
                                 void *sum)
{
    (void)bytes;
    *(size_t *)sum += one * size;
    return one * size;
}

// Sets what it needs, and leaves all other options of the handle alone.
static inline struct got get(CURL *curl, const char *link)
{
    struct got got = {.size = 0};
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got.size);
    got.code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &got.status);
    return got;
}

static inline CURL *new_handle(void)
{
    CURL *curl = curl_easy_init();
    if (curl == NULL) {
        fputs("curl_easy_init has failed\n", stderr);
        exit(2);
    }
    return curl;
}

// The names of libcurl-errors(3), of which curl_easy_strerror() makes a
// text for people.
static inline const char *code_name(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return "CURLE_OK";
    case CURLE_UNSUPPORTED_PROTOCOL:
        return "CURLE_UNSUPPORTED_PROTOCOL";
    case CURLE_COULDNT_CONNECT:
        return "CURLE_COULDNT_CONNECT";
    case CURLE_PARTIAL_FILE:
        return "CURLE_PARTIAL_FILE";
    case CURLE_HTTP_RETURNED_ERROR:
        return "CURLE_HTTP_RETURNED_ERROR";
    case CURLE_WRITE_ERROR:
        return "CURLE_WRITE_ERROR";
    case CURLE_OPERATION_TIMEDOUT:
        return "CURLE_OPERATION_TIMEDOUT";
    case CURLE_TOO_MANY_REDIRECTS:
        return "CURLE_TOO_MANY_REDIRECTS";
    case CURLE_GOT_NOTHING:
        return "CURLE_GOT_NOTHING";
    case CURLE_RECV_ERROR:
        return "CURLE_RECV_ERROR";
    default:
        return curl_easy_strerror(code);
    }
}
