// The drive of the programs under trial.
#include "driver.h"
#include "map.h"
#include "work.h"

DRIVE(speed, "maps the measured work over all items")
{
    uint64_t results[WORK_MOST_ITEMS] = {0};
    work_begin();
    int result = map(work_do, work_items(), work_workers(), results);
    work_end(results);
    answer_result("map", result);
}
