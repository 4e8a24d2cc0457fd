// What workbook.h promises about the front matter of a lesson.
#include "../grade/workbook.h"
#include "support.h"
#include <criterion/criterion.h>
#include <string.h>

TestSuite(workbook, .init = folder_make, .fini = folder_remove);

static void expect_title(const char *lesson, const char *expected)
{
    char value[128] = "";
    write_text(in_folder("lesson.md"), lesson);
    bool found = workbook_front_matter(in_folder("lesson.md"), "title", value, sizeof value);
    cr_expect(found, "no title is found in \"%s\"", lesson);
    cr_expect(strcmp(value, expected) == 0, "the title of \"%s\" is \"%s\", expected \"%s\"", lesson,
              value, expected);
}

static void expect_no_title(const char *lesson)
{
    char value[128] = "";
    write_text(in_folder("lesson.md"), lesson);
    cr_expect(!workbook_front_matter(in_folder("lesson.md"), "title", value, sizeof value),
              "in \"%s\" the title \"%s\" is found", lesson, value);
}

Test(workbook, reads_a_key_of_the_front_matter)
{
    expect_title("---\ntitle: A child process\nteaching: 35\n---\n", "A child process");
    expect_title("---\nteaching: 35\ntitle:A child process\n---\n", "A child process");
    expect_title("---\r\ntitle: A child process\r\n---\r\n", "A child process");
}

Test(workbook, removes_quotes)
{
    expect_title("---\ntitle: \"Lock: wait\"\n---\n", "Lock: wait");
    expect_title("---\ntitle: 'Lock: wait'\n---\n", "Lock: wait");
    expect_title("---\ntitle: The learner's \"own\" pool\n---\n", "The learner's \"own\" pool");
}

Test(workbook, takes_a_key_whole)
{
    expect_no_title("---\nsubtitle: x\ntitles: x\n---\n");
    expect_title("---\ntitles: x\ntitle: y\n---\n", "y");
}

Test(workbook, finds_no_key_that_is_missing)
{
    expect_no_title("---\nteaching: 35\n---\n");
    expect_no_title("");
}

Test(workbook, finds_no_key_in_the_body)
{
    expect_no_title("---\nteaching: 35\n---\ntitle: of the body\n");
    expect_no_title("No front matter.\ntitle: of the body\n");
    expect_no_title("title: of the body\n---\n");
}

Test(workbook, finds_nothing_in_a_file_that_is_not_there)
{
    char value[8];
    cr_expect(!workbook_front_matter(in_folder("missing.md"), "title", value, sizeof value),
              "a title is found in a file that is not there");
}

Test(workbook, cuts_a_value_to_the_room_there_is)
{
    char value[8] = "xxxxxxx";
    write_text(in_folder("lesson.md"), "---\ntitle: A child process\n---\n");
    cr_expect(workbook_front_matter(in_folder("lesson.md"), "title", value, 4), "no title is found");
    cr_expect(strcmp(value, "A c") == 0, "in 4 bytes it is \"%s\", expected \"A c\"", value);
}
