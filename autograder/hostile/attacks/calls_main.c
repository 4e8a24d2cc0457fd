// Calls main, so that the program begins anew with a command line of the module's choice.
// levels: A B C
// points: 0
// brings: attack
// says: calls main()
//
#include <stddef.h>

int main(int argc, char **argv);

static void attack(void)
{
    char *line[] = {"drive", "0123456789abcdef0123456789abcdef", "first", NULL};
    main(3, line);
}
