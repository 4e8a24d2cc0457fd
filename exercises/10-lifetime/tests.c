// Placeholder.
#include "examiner.h"

GRADED(lifetime, nothing, 100, "nothing")
{
    struct outcome outcome = drive("nothing", (struct drive){0});
    expect_answer(&outcome);
}
