// Four tasks that wait, one after the other.
#include "seconds.h"
#include "slow_square.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    double start = seconds();
    // [region loop]
    for (int64_t number = 1; number <= 4; number++)
        printf("%" PRId64 "\n", slow_square(number));
    // [endregion loop]
    printf("took %.3f s\n", seconds() - start);
    return EXIT_SUCCESS;
}
