// Which reference runs beside a program.
#include "reference.h"
#include "rule.h"
#include "workers.h"

const char *reference_beside(const struct trace *run, int kind)
{
    static const char *const few[RULE_REFERENCES] = {"split", "queue"};
    return workers_of(run).count > run->workers ? "waves" : few[kind];
}
