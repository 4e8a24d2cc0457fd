// Two hundred downloads of something that does not exist.
#include "folder.h"
#include "gallery.h"
#include "get.h"

enum { DOWNLOADS = 200 };

// [region download]
static int download(CURL *curl, const char *link, const char *part)
{
    long status = 0;
    FILE *file = fopen(part, "w");
    if (file == NULL)
        return -1;
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200)
        return -1;
    return fclose(file) == EOF || rename(part, "tile.png") == -1 ? -1 : 0;
}
// [endregion download]

static int count_descriptors(void)
{
    struct dirent **entries;
    int count = scandir("/proc/self/fd", &entries, is_listed, NULL);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return count;
}

int main(void)
{
    char link[LINK_SIZE], part[32];
    enter_folder();
    CURL *curl = new_handle();
    link_to(link, "/images/1/3/320x240/tile.png?fault=404");
    int before = count_descriptors(), failed = 0;
    for (int i = 0; i < DOWNLOADS; i++) {
        snprintf(part, sizeof part, ".part-%d", i);
        failed += download(curl, link, part) == -1;
    }
    int opened = count_descriptors() - before;
    curl_easy_cleanup(curl);
    printf("%d failed\n", failed);
    printf("%s open files left\n",
           opened >= DOWNLOADS ? "all of their" : "few");
    return opened >= DOWNLOADS ? EXIT_SUCCESS : EXIT_FAILURE;
}
