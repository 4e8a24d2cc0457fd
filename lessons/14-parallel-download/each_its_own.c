// Ten images, and a process for each. See one_by_one.c.
#include "memory.h"
#include "process.h"
#include "record.h"

enum { IMAGES = 10, DELAY_MS = 100 };

// [region run]
static int run(void *record)
{
    fetch(folder, record);
    return EXIT_SUCCESS;
}
// [endregion run]

int main(void)
{
    struct download *downloads = pictures(IMAGES, DELAY_MS);
    struct process *processes[IMAGES];
    make_folder();
    // [region loops]
    struct record *records = memory_create(IMAGES * sizeof *records);
    make_records(records, downloads, IMAGES);
    double start = seconds();
    for (int i = 0; i < IMAGES; i++) {
        processes[i] = process_create(run, &records[i]);
        if (processes[i] == NULL || process_start(processes[i]) == -1)
            gallery_fail("process_start");
    }
    for (int i = 0; i < IMAGES; i++) {
        if (process_join(processes[i], -1) == -1)
            gallery_fail("process_join");
        process_release(processes[i]);
    }
    // [endregion loops]
    int failed = print_records("process", records, IMAGES, start);
    memory_release(records);
    free_downloads(downloads, IMAGES);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
