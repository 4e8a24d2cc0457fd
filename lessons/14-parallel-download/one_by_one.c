// Ten images, one after the other.
#include "record.h"

enum { IMAGES = 10, DELAY_MS = 100 };

int main(void)
{
    struct download *downloads = pictures(IMAGES, DELAY_MS);
    struct record records[IMAGES];
    make_records(records, downloads, IMAGES);
    make_folder();
    double start = seconds(), cpu = cpu_seconds();
    // [region loop]
    for (int i = 0; i < IMAGES; i++)
        fetch(folder, &records[i]);
    // [endregion loop]
    cpu = cpu_seconds() - cpu;
    int failed = print_records("process", records, IMAGES, start);
    printf("on a CPU: %.0f ms\n", cpu * 1e3);
    free_downloads(downloads, IMAGES);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
