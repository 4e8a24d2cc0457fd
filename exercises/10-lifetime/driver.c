// Placeholder.
#include "driver.h"

DRIVE(nothing, "does nothing")
{
    answer_int("nothing", 0);
}
