// What hints.h promises: the hints of a README, one by one.
#include "../grade/hints.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char readme[] = "# A queue\n"
                             "\n"
                             "Hint: this is no heading.\n"
                             "#Hint 0: nor is this\n"
                             "\n"
                             "## Hint 1\n"
                             "Look at pipe(7).\n"
                             "### More of it\n"
                             "It blocks.\n"
                             "## Rules\n"
                             "None.\n"
                             "## Hint 2: the code\n"
                             "```c\n"
                             "# define NO_HEADING\n"
                             "## Hint 9: this is code\n"
                             "```\n"
                             "after the code\n"
                             "## Hint 3\n"
                             "the last one, without an end of line";

static void expect_hint(const char *text, int wanted, const char *expected)
{
    const char *begin;
    size_t size;
    hints_find(text, wanted, &begin, &size);
    cr_assert(begin != NULL, "hint %d is not found", wanted);
    cr_expect(size == strlen(expected) && memcmp(begin, expected, size) == 0,
              "hint %d is \"%.*s\", expected \"%s\"", wanted, (int)size, begin, expected);
}

static void expect_count(const char *text, int expected)
{
    const char *begin;
    size_t size;
    int count = hints_find(text, 1, &begin, &size);
    cr_expect(count == expected, "%d hints are found, expected %d", count, expected);
}

Test(hints, are_counted)
{
    expect_count(readme, 3);
}

Test(hints, have_their_heading_and_what_is_nested_in_them)
{
    expect_hint(readme, 1, "## Hint 1\nLook at pipe(7).\n### More of it\nIt blocks.\n");
}

Test(hints, keep_code_whole_whatever_is_in_it)
{
    expect_hint(readme, 2,
                "## Hint 2: the code\n```c\n# define NO_HEADING\n## Hint 9: this is code\n```\nafter the "
                "code\n");
}

Test(hints, in_code_are_none)
{
    expect_count("# Task\n```sh\n# Hint 1: a comment\n```\n", 0);
    expect_hint("```sh\n# Hint: a comment\n```\n# Hint 1\ntext\n", 1, "# Hint 1\ntext\n");
}

Test(hints, may_end_with_the_text)
{
    expect_hint(readme, 3, "## Hint 3\nthe last one, without an end of line");
    expect_hint("# Hint", 1, "# Hint");
}

Test(hints, end_at_a_heading_above_theirs)
{
    expect_hint("### Hint 1\ntext\n# Next\n", 1, "### Hint 1\ntext\n");
}

Test(hints, that_are_not_there_are_not_found)
{
    static const int none[] = {-1, 0, 4};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        const char *begin = readme;
        size_t size;
        int count = hints_find(readme, none[i], &begin, &size);
        cr_expect(begin == NULL, "hint %d is found as \"%.20s\"", none[i], begin);
        cr_expect(count == 3, "looking for hint %d counts %d hints, expected 3", none[i], count);
    }
}

Test(hints, of_a_text_without_any_are_none)
{
    expect_count("", 0);
    expect_count("\n\n", 0);
    expect_count("# A queue\nNo hint here.\n", 0);
}
