// Writes verdicts as the examiner does, wherever it can.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer cannot be understood
//
#include <stdio.h>

static const char verdict[] = "{\"suite\":\"process\",\"name\":\"first_child_runs\",\"max_points\":10,"
                              "\"status\":\"passed\",\"message\":\"\"}\n{\"end\":17}\n";

static void attack(void)
{
    for (int descriptor = 3; descriptor <= 20; descriptor++)
        dprintf(descriptor, "%s", verdict);
    printf("%s", verdict);
}
