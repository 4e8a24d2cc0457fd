// Four processes at the same time, and the parent waits for the one that
// it has started first.
#include "memory.h"
#include "process.h"
#include "record.h"

enum { PAGES = 10, SEATS = 4, SLOW_MS = 400 };

static int run(void *record)
{
    fetch(folder, record);
    return EXIT_SUCCESS;
}

static void end(struct process *process)
{
    if (process != NULL &&
        (process_join(process, -1) == -1 || process_release(process) == -1))
        gallery_fail("process_join");
}

int main(void)
{
    struct download *downloads = no_downloads(PAGES);
    for (int i = 0; i < PAGES; i++)
        downloads[i].link =
            page_link(i, 1000, i == 0 ? "delay=400" : "delay=50");
    struct record *records = memory_create(PAGES * sizeof *records);
    make_records(records, downloads, PAGES);
    make_folder();
    double start = seconds();
    // [region loop]
    struct process *seats[SEATS] = {NULL};
    for (int i = 0; i < PAGES; i++) {
        end(seats[i % SEATS]); // the oldest one, if there is one
        seats[i % SEATS] = process_create(run, &records[i]);
        if (seats[i % SEATS] == NULL ||
            process_start(seats[i % SEATS]) == -1)
            gallery_fail("process_start");
    }
    for (int i = 0; i < SEATS; i++)
        end(seats[i]);
    // [endregion loop]
    bool late = records[SEATS].begin >= records[0].end;
    for (int i = 0; i < PAGES; i++)
        records[i].process = 1 + i % SEATS; // for the diagram
    int failed = print_records("seat", records, PAGES, start);
    memory_release(records);
    free_downloads(downloads, PAGES);
    return failed == 0 && late ? EXIT_SUCCESS : EXIT_FAILURE;
}
