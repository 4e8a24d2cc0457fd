// What several commands take on their command line.
#include "options.h"
#include "die.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

char options_level(const char *text)
{
    if (text[0] == '\0' || strchr("ABC", text[0]) == NULL || text[1] != '\0')
        die("there is no sandbox level \"%s\": A, B or C", text);
    return text[0];
}

uint64_t options_number(const char *what, const char *text, uint64_t least, uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t number = strtoull(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9' || *end != '\0' || number < least || number > most)
        die("the %s is a number from %llu to %llu, not \"%s\"", what, (unsigned long long)least,
            (unsigned long long)most, text);
    return number;
}

uint64_t options_seed(const char *text)
{
    return options_number("seed", text, 0, INT64_MAX);
}

uint64_t options_fresh_seed(void)
{
    uint32_t seed;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint32_t)time(NULL);
    return seed % 1000000;
}
