// Two tasks that need each other, called one after the other: the first
// waits in vain.
#include "tasks.h"
#include <stdlib.h>

int main(void)
{
    struct meeting meeting;
    if (pipe(meeting.door[SQUARE]) == -1 ||
        pipe(meeting.door[CUBE]) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    // [region calls]
    if (square(&meeting) != 0)
        return EXIT_FAILURE;
    if (cube(&meeting) != 0)
        return EXIT_FAILURE;
    puts("Done!");
    // [endregion calls]
    return EXIT_SUCCESS;
}
