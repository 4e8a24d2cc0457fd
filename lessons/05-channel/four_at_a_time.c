// What does this program print?
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// [region program]
int main(void)
{
    int ends[2];
    char text[4];
    if (pipe(ends) == -1 || write(ends[1], "abc", 3) != 3 ||
        write(ends[1], "de", 2) != 2)
        return EXIT_FAILURE;
    ssize_t first = read(ends[0], text, 4);
    ssize_t second = read(ends[0], text, 4);
    printf("%zd and %zd\n", first, second);
    return EXIT_SUCCESS;
}
// [endregion program]
