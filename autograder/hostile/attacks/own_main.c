// Has a main of its own, which claims success.
// levels: A B C
// points: 0
// brings: nothing
// says: has a main of its own
//
#include <stdio.h>

int main(void)
{
    printf("100 of 100 points\n");
    return 0;
}
