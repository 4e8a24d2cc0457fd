// Calls the driver's own functions, so that its values come before the true ones.
// levels: A B C
// points: 0
// brings: attack
// says: answer_int
//
#include <stdint.h>

void answer_int(const char *name, int64_t value);
int64_t driver_argument(const char *name, int64_t otherwise);

static void attack(void)
{
    answer_int("start", 0);
    answer_int("seen_argument", driver_argument("argument", 42));
}
