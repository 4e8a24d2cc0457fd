// Gets the list of a gallery, and the links out of its JSON.
#include "gallery.h"
#include "get.h"
#include <jansson.h>

// Prints the links. Returns how many there are, or -1: it is no such list.
// [region read]
static int print_links(const char *text, size_t size)
{
    json_error_t error;
    json_t *root = json_loadb(text, size, 0, &error); // a new reference
    if (root == NULL) {
        printf("line %d: %s\n", error.line, error.text);
        return -1;
    }
    json_t *data = json_object_get(root, "data"), *entry; // borrowed ones
    size_t i;
    int links = json_is_array(data) ? 0 : -1;
    json_array_foreach (data, i, entry) {
        json_t *link = json_object_get(entry, "link");
        if (!json_is_string(link))
            continue;
        printf("%s\n", json_string_value(link) + strlen(base_url()));
        links++;
    }
    json_decref(root); // and all that we have borrowed from it
    return links;
}
// [endregion read]

int main(void)
{
    char link[LINK_SIZE], *text = NULL;
    size_t size = 0;
    // [region get]
    CURL *curl = new_handle();
    FILE *answer = open_memstream(&text, &size);
    struct curl_slist *headers =
        curl_slist_append(NULL, "Authorization: Client-ID workbook");
    if (answer == NULL || headers == NULL)
        return EXIT_FAILURE;
    link_to(link, "/gallery?images=3");
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    CURLcode code = curl_easy_perform(curl);
    long status = 0; // 403: an unknown client gets JSON, too
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    // [endregion get]
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    if (fclose(answer) == EOF || code != CURLE_OK || status != 200)
        return EXIT_FAILURE;
    int links = print_links(text, size);
    int none = print_links("<html>", 6);
    free(text);
    return links == 3 && none == -1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
