// Calls the driver's own functions, so that its values come before the true ones.
// levels: A C
// points: 0
// brings: process_start
// says: answer_int
//
#include "process.h"
#include <stdint.h>

void answer_int(const char *name, int64_t value);
int64_t driver_argument(const char *name, int64_t otherwise);

int process_start(struct process *process)
{
    (void)process;
    answer_int("start", 0);
    answer_int("calls", 1);
    answer_int("pid", 99);
    answer_int("seen_pid", 99);
    answer_int("seen_argument", driver_argument("argument", 42));
    return -1;
}
