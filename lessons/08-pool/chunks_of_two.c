// Each worker takes two items at a time.
#include "uneven.h"

enum { CHUNK = 2 };

// [region work]
static int work(void *argument)
{
    struct sheet *sheet = argument;
    int worker = atomic_fetch_add(&sheet->arrived, 1);
    int begin;
    while ((begin = atomic_fetch_add(&sheet->next, CHUNK)) < ITEMS)
        for (int i = begin; i < begin + CHUNK; i++) // 12 is even
            do_item(sheet, worker, i);
    return EXIT_SUCCESS;
}
// [endregion work]

int main(void)
{
    return run_workers(work);
}
