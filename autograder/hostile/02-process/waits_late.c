// Works until the join, and waits for ever when it is asked how the child ended.
// levels: B C
// points: 33 to 41
// brings: process_start process_join process_is_alive process_exit_code
// says: It was stuck
//
#include "process.h"
#include <unistd.h>

static int start_child(struct process *process);                // in rest.h
static int join_child(struct process *process, int timeout_ms); // in rest.h

int process_start(struct process *process)
{
    return start_child(process);
}

int process_join(struct process *process, int timeout_ms)
{
    return join_child(process, timeout_ms);
}

bool process_is_alive(struct process *process)
{
    return process_exit_code(process);
}

int process_exit_code(struct process *process)
{
    return process == NULL ? 0 : pause();
}
