// CURLE_OK, 200, and still no picture.
#include "gallery.h"
#include "get.h"
#include <stdbool.h>

// [region check]
struct start {
    unsigned char bytes[8];
    size_t size;
};

static size_t keep_start(char *bytes, size_t one, size_t size, void *start)
{
    struct start *kept = start;
    for (size_t i = 0; i < size && kept->size < 8; i++)
        kept->bytes[kept->size++] = (unsigned char)bytes[i];
    return one * size;
}

static bool is_png(const struct start *start)
{
    static const unsigned char png[8] = {0x89, 'P',  'N',  'G',
                                         '\r', '\n', 0x1a, '\n'};
    return start->size == 8 && memcmp(start->bytes, png, 8) == 0;
}
// [endregion check]

static bool try(const char *query)
{
    char link[LINK_SIZE];
    long status = 0;
    struct start start = {.size = 0};
    CURL *curl = new_handle();
    link_to(link, "/images/1/3/320x240/tile.png%s", query);
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_start);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &start);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    bool png = is_png(&start);
    printf("%s, %ld, %s\n", code_name(code), status,
           png ? "a PNG" : "no PNG");
    return png;
}

int main(void)
{
    bool right = try(""), nonsense = try("?fault=nonsense");
    return right && !nonsense ? EXIT_SUCCESS : EXIT_FAILURE;
}
