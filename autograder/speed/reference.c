// Which reference runs beside a program.
#include "reference.h"
#include "workers.h"

const char *reference_beside(const struct trace *run, int turn)
{
    static const char *const few[] = {"split", "queue"};
    return workers_of(run).count > run->workers ? "waves" : few[turn % 2];
}
