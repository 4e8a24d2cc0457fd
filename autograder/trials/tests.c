// The two tests of speed that programs under trial go through.
#include "examiner.h"

GRADED_SPEEDUP(NULL, map, computing, 60, "map is faster than a loop where items compute",
               .drive = "speed", .work = WORK_COMPUTING, .workers = 4)
GRADED_SPEEDUP(NULL, map, waiting, 40, "map is faster than a loop where items wait", .drive = "speed",
               .work = WORK_WAITING, .workers = 8)
