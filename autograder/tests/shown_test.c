// What batch/shown.h promises: names that strangers chose are harmless, and no two look the same.
#include "../batch/shown.h"
#include <criterion/criterion.h>
#include <string.h>

static void expect_shown(const char *name, const char *expected)
{
    char shown[SHOWN_SIZE];
    cr_expect(strcmp(shown_name(name, shown, sizeof shown), expected) == 0,
              "a name is shown as \"%s\", expected \"%s\"", shown, expected);
}

Test(shown, printable_names_stay)
{
    expect_shown("", "");
    expect_shown("alice", "alice");
    expect_shown("-rf *", "-rf *");
    expect_shown("J\xc3\xbcrgen \xe6\x9d\x8e", "J\xc3\xbcrgen \xe6\x9d\x8e");
    expect_shown("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
}

Test(shown, what_acts_on_a_terminal_or_a_line_is_spelled_out)
{
    expect_shown("a\nb", "a\\x0ab");
    expect_shown("\033[2J", "\\x1b[2J");
    expect_shown("\x7f\x01", "\\x7f\\x01");
    expect_shown("\xc2\x9b"
                 "2J",
                 "\\xc2\\x9b2J"); // CSI in one character
    expect_shown("\xe2\x80\xae"
                 "c.lopp",
                 "\\xe2\\x80\\xaec.lopp");           // from right to left
    expect_shown("\xe2\x80\x8b", "\\xe2\\x80\\x8b"); // shows nothing
}

Test(shown, what_is_no_utf8_is_spelled_out)
{
    expect_shown("\xff", "\\xff");
    expect_shown("a\xc3", "a\\xc3");
    expect_shown("\xc0\xaf", "\\xc0\\xaf");          // overlong
    expect_shown("\xed\xa0\x80", "\\xed\\xa0\\x80"); // half of a pair
    expect_shown("\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80");
    expect_shown("\x80", "\\x80");
}

Test(shown, two_names_never_look_the_same)
{
    expect_shown("a\\x0ab", "a\\\\x0ab");
    expect_shown("\\", "\\\\");
}

Test(shown, what_does_not_fit_is_cut_between_characters)
{
    char shown[8];
    cr_expect_str_eq(shown_name("abcdefg", shown, sizeof shown), "abcdefg");
    cr_expect_str_eq(shown_name("abcdefgh", shown, sizeof shown), "abcd...");
    cr_expect_str_eq(shown_name("abc\xc3\xbc\xc3\xbc\xc3\xbc", shown, sizeof shown), "abc...");
}

Test(shown, long_names_get_files_of_their_own)
{
    char name[512], a[SHOWN_SIZE], b[SHOWN_SIZE];
    memset(name, 'x', sizeof name);
    name[400] = '\0';
    shown_file(name, a);
    name[399] = 'y';
    shown_file(name, b);
    cr_expect(strlen(a) < 200 && strlen(b) < 200, "the names of the files are too long");
    cr_expect(strcmp(a, b) != 0, "two names have the same file");
    cr_expect_str_eq(shown_file("alice", a), "alice");
}
