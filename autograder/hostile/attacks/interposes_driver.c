// Brings its own answer_int, faults_answer and driver_broken, so that the drives would use them.
// levels: A B C
// points: 0
// brings: nothing
// says: {failure}
//
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void answer_int(const char *name, int64_t value);
void answer_result(const char *name, int result);
void faults_answer(void);
_Noreturn void driver_broken(const char *what);

void answer_int(const char *name, int64_t value)
{
    dprintf(3, "%s 1\n%d\n", name, value != 0);
}

void answer_result(const char *name, int result)
{
    answer_int(name, result == 77);
}

void faults_answer(void)
{
}

void driver_broken(const char *what)
{
    exit(what == NULL);
}
