// Who has fetched which link, when, and what came of it.
#pragma once
#include "downloads.h"

// [region fetch]
struct record {
    struct download what;
    int item;
    pid_t process;
    double begin, end; // seconds
};

// With a session of its own for each link.
static inline void fetch(const char *directory, struct record *record)
{
    const struct download_partial partial = {directory, NULL};
    record->process = getpid();
    record->begin = seconds();
    download_call(&partial, &record->what);
    record->end = seconds();
}
// [endregion fetch]

// [region item]
static inline int fetch_item(const void *directory, const void *item,
                             void *result)
{
    struct record *record = result;
    *record = *(const struct record *)item;
    fetch(directory, record);
    return 0; // what has become of it stands in the record
}
// [endregion item]

static inline struct record *
make_records(struct record *records, struct download *downloads, int count)
{
    download_names(downloads, (size_t)count);
    for (int i = 0; records != NULL && i < count; i++)
        records[i] = (struct record){.what = downloads[i], .item = i};
    if (records == NULL)
        gallery_fail("records");
    return records;
}

static inline int earlier(const void *left, const void *right)
{
    const struct record *a = left, *b = right;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

static inline void print_row(const char *who, int number,
                             const struct record *record, double start)
{
    char name[32];
    snprintf(name, sizeof name, "%s %d", who, number);
    printf("%-9s  %4d  %9.1f  %7.1f\n", name, record->item,
           (record->begin - start) * 1e3, (record->end - start) * 1e3);
}

// Prints who has fetched which, in the order of `begin`. Returns how many
// downloads have failed.
static inline int print_records(const char *who, struct record *records,
                                int count, double start)
{
    double last = 0;
    int failed = 0, processes = 0;
    qsort(records, (size_t)count, sizeof *records, earlier);
    printf("%-9s  item  begin, ms  end, ms\n", who);
    for (int i = 0; i < count; i++) {
        int first = 0;
        while (records[first].process != records[i].process)
            first++;
        for (int j = i; first == i && j < count; j++)
            if (records[j].process == records[i].process)
                print_row(who, processes, &records[j], start);
        processes += first == i;
        failed += records[i].what.error != 0;
        last = records[i].end > last ? records[i].end : last;
    }
    printf("\n%d files, all there after %.0f ms\n", count - failed,
           (last - start) * 1e3);
    return failed;
}
