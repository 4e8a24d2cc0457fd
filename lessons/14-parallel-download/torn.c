// Worker 1 reads the beginning of its answer, and then worker 2 reads.
#include "inherited.h"

enum { SIZE = 300000 };

// [region append]
// Takes what has come; the first time, lets worker 2 read then.
static size_t append_and_pause(char *bytes, size_t one, size_t size,
                               void *text)
{
    size_t taken = append(bytes, one, size, text);
    if (((struct text *)text)->size == taken) {
        tell(&asked[0]);
        await(&read_on[0]);
    }
    return taken;
}
// [endregion append]

static int first(const struct text *wanted)
{
    static struct text text;
    char *link = page_link(0, SIZE, "meet=2");
    CURLcode code = get(curl, link, append_and_pause, &text);
    bool right = memcmp(text.bytes, wanted->bytes, SIZE) == 0;
    printf("worker 1: %s, %zu bytes, %s page\n", curl_easy_strerror(code),
           text.size, right ? "the right" : "not the right");
    free(link);
    return code == CURLE_OK && text.size == SIZE && !right ? EXIT_SUCCESS
                                                           : EXIT_FAILURE;
}

static int second(void)
{
    static struct text text;
    char *link = page_link(1, SIZE, ""), why[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    CURLcode code = get(curl, link, append, &text);
    printf("worker 2: %s\n", why);
    fflush(stdout);
    tell(&asked[1]);
    free(link);
    return code != CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static struct text wanted; // what worker 1 asks for

static int work(void *unused)
{
    (void)unused;
    return me == 0 ? first(&wanted) : second();
}

int main(void)
{
    static struct text text;
    struct process *two[2];
    char *link = page_link(0, SIZE, "");
    CURL *own = curl_easy_init();
    if (own == NULL || get(own, link, append, &wanted) != CURLE_OK)
        gallery_fail("curl");
    curl_easy_cleanup(own);
    free(link);
    start_two(work, two, &text);
    tell(&read_on[0]); // worker 1 reads the beginning
    await(&asked[0]);
    tell(&read_on[1]); // worker 2 reads
    await(&asked[1]);
    tell(&read_on[0]); // worker 1 reads the rest
    return both_succeed(two) ? EXIT_SUCCESS : EXIT_FAILURE;
}
