// Each worker takes the next item from the end of the list: longest last.
#include "uneven.h"

// [region work]
static int work(void *argument)
{
    struct sheet *sheet = argument;
    int worker = atomic_fetch_add(&sheet->arrived, 1); // 0, 1 or 2
    int i;
    while ((i = atomic_fetch_add(&sheet->next, 1)) < ITEMS)
        do_item(sheet, worker, ITEMS - 1 - i);
    return EXIT_SUCCESS;
}
// [endregion work]

int main(void)
{
    return run_workers(work);
}
