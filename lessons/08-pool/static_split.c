// Each worker gets its share of the items in advance: four for each.
#include "uneven.h"

// [region work]
static int work(void *argument)
{
    struct sheet *sheet = argument;
    int worker = atomic_fetch_add(&sheet->arrived, 1); // 0, 1 or 2
    int share = ITEMS / WORKERS;
    for (int i = worker * share; i < (worker + 1) * share; i++)
        do_item(sheet, worker, i);
    return EXIT_SUCCESS;
}
// [endregion work]

int main(void)
{
    return run_workers(work);
}
