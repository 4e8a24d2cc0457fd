// Drives of 14-parallel-download. The module's transfers are led here, so that they can be measured:
// leads curl_easy_perform
#include "driver.h"
#include "gallery.h"
#include "parallel-download.h"
#include "work.h"
#include <curl/curl.h>

CURLcode faulty_curl_easy_perform(CURL *curl);
CURLcode faulty_curl_easy_perform(CURL *curl)
{
    int item = work_item_begin();
    CURLcode code = curl_easy_perform(curl);
    work_item_end(item);
    return code;
}

static void measured(ssize_t (*way)(const struct parallel_download *, struct download[], size_t))
{
    struct download downloads[WORK_MOST_ITEMS] = {0};
    uint64_t results[WORK_MOST_ITEMS];
    const struct parallel_download how = {.directory = ".", .workers = work_workers()};
    for (int i = 0; i < work_items(); i++) {
        downloads[i].link = gallery_link("/pages/1/%d/1000?delay=%d", i, WORK_ITEM_MS);
        snprintf(downloads[i].name, sizeof downloads[i].name, "page-%d", i);
    }
    work_begin();
    way(&how, downloads, (size_t)work_items());
    for (int i = 0; i < work_items(); i++)
        results[i] = downloads[i].size == 1000 ? (uint64_t)i + 1 : 0;
    work_end(results);
}

DRIVE(speed_processes, "downloads by a process for each link")
{
    measured(parallel_download_processes);
}

DRIVE(speed_pool, "downloads by a pool")
{
    measured(parallel_download_pool);
}

DRIVE(speed_sessions, "downloads by a pool with sessions")
{
    measured(parallel_download_sessions);
}
