// Tests of 14-parallel-download.
#include "examiner.h"
#include "parallel-download.h"
#include "served.h"

GRADED_SPEEDUP(NULL, parallel_download, processes_are_fast, 40,
               "a process for each link is faster than a loop", .drive = "speed_processes",
               .work = WORK_WAITING, .workers = 8)
GRADED_SPEEDUP(NULL, parallel_download, pool_is_fast, 30, "a pool is faster than a loop",
               .drive = "speed_pool", .work = WORK_WAITING, .workers = 8)
GRADED_SPEEDUP(NULL, parallel_download, sessions_are_fast, 30,
               "a pool with sessions is faster than a loop", .drive = "speed_sessions",
               .work = WORK_WAITING, .workers = 8)
