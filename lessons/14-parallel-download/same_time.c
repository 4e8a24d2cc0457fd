// The server is busy and tells eight workers to come again in a second.
#include "pooled.h"
#include "record.h"
#include "served.h"

enum { PAGES = 8 };

int main(void)
{
    // [region links]
    struct download *downloads =
        pages(PAGES, 1000, "fault=503&times=1&after=1");
    // [endregion links]
    struct record items[PAGES], records[PAGES];
    make_records(items, downloads, PAGES);
    make_folder();
    map_downloads(&(struct pool_options){.processes = PAGES},
                  (struct pool_map){.function = fetch_item,
                                    .items = items,
                                    .item_size = sizeof *items,
                                    .results = records,
                                    .result_size = sizeof *records,
                                    .count = PAGES});
    // [region spread]
    int failed = 0, attempts = 0;
    double least = 1e9, first = 1e9, last = 0;
    for (int i = 0; i < PAGES; i++) {
        const struct record *record = &records[i];
        double took = record->end - record->begin;
        failed += record->what.error != 0;
        attempts += record->what.attempts;
        least = took < least ? took : least;
        first = record->end < first ? record->end : first;
        last = record->end > last ? record->end : last;
    }
    // [endregion spread]
    struct served seen = served();
    printf("%d pages, %d attempts, %ld requests at the server\n",
           PAGES - failed, attempts, seen.requests);
    printf("the fastest took %.2f s\n", least);
    printf("from the first to the last: %.0f ms\n", (last - first) * 1e3);
    free_downloads(downloads, PAGES);
    return failed == 0 && seen.requests == 2 * PAGES && least >= 1
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
