// Two workers use a connection that was there before the fork.
#include "inherited.h"

// [region work]
static const int sizes[2] = {100000, 200000}; // bytes

static int work(void *unused)
{
    static struct text text;
    long status = 0;
    (void)unused;
    char *link = page_link(me, sizes[me], me == 0 ? "meet=2" : "");
    CURLcode code = get(curl, link, append, &text);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    printf("worker %d wants %d bytes: %s, status %ld, %zu bytes\n", me + 1,
           sizes[me], curl_easy_strerror(code), status, text.size);
    // [endregion work]
    fflush(stdout);
    tell(&asked[me]); // here: has read
    free(link);
    return code == CURLE_OK && text.size == (size_t)sizes[1 - me]
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}

int main(void)
{
    static struct text text;
    struct process *two[2];
    // [region main]
    start_two(work, two, &text);
    tell(&read_on[1]); // worker 2 reads first
    await(&asked[1]);
    tell(&read_on[0]);
    // [endregion main]
    return both_succeed(two) ? EXIT_SUCCESS : EXIT_FAILURE;
}
