// A body comes in pieces, and is bytes, not a string.
#include "gallery.h"
#include "get.h"
#include <string.h>

// [region keep]
struct body {
    char bytes[1 << 20];
    size_t size;
    int calls;
};

static size_t keep(char *bytes, size_t one, size_t size, void *argument)
{
    struct body *body = argument;
    (void)one; // always 1
    if (size > sizeof body->bytes - body->size)
        return 0; // less than `size`: libcurl gives up
    memcpy(body->bytes + body->size, bytes, size);
    body->size += size;
    body->calls++;
    return size;
}
// [endregion keep]

int main(void)
{
    static struct body body;
    char *link = picture_link(3, 0);
    CURL *curl = new_handle();
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    // [region use]
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    CURLcode code = curl_easy_perform(curl);
    printf("%s, %zu bytes in %d calls\n", code_name(code), body.size,
           body.calls);
    printf("strlen says %zu\n", strlen(body.bytes));
    // [endregion use]
    curl_easy_cleanup(curl);
    free(link);
    return code == CURLE_OK && strlen(body.bytes) < body.size
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
