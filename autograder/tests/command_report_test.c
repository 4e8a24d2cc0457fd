// What build/grade promises of formats, places and exit statuses (--help).
#include "../grade/die.h"
#include "../report/report.h"
#include "command_support.h"
#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

TestSuite(command_report, .init = workbook_make, .fini = folder_remove, .timeout = 60);

#define HALF                                                                                             \
    "say '{\"expected\": [{\"suite\": \"toy\", \"name\": \"a\", \"description\": \"first\", "            \
    "\"max_points\": 4},"                                                                                \
    " {\"suite\": \"toy\", \"name\": \"b\", \"description\": \"second\", \"max_points\": 6}]}'\n"        \
    "say '{\"suite\": \"toy\", \"name\": \"a\", \"status\": \"passed\"}'\n"

static void make_half_marks(void)
{
    write_examiner(HALF "say '{\"suite\": \"toy\", \"name\": \"b\", \"status\": \"failed\"}'\n"
                        "say '{\"end\": 2}'\n");
}

Test(command_report, help_and_errors_list_all_formats)
{
    size_t count;
    const struct report_format *formats = report_formats(&count);
    struct ran help = GRADE("--help"), error = GRADE("--format", "xml", TOY);
    expect_ran(&error, EXIT_NOT_GRADED, NULL, "there is no format \"xml\"");
    for (size_t i = 0; i < count; i++) {
        cr_expect(strstr(help.output, formats[i].purpose) != NULL, "help is silent about %s",
                  formats[i].name);
        cr_expect(strstr(error.errors, formats[i].name) != NULL, "the error is silent about %s",
                  formats[i].name);
    }
}

Test(command_report, every_format_is_written_into_a_folder_by_its_name)
{
    size_t count;
    const struct report_format *formats = report_formats(&count);
    make_half_marks();
    make_folder(in_folder("results"));
    for (size_t i = 0; i < count; i++) {
        struct ran ran = GRADE("--format", formats[i].name, "--output", in_folder("results/"), TOY);
        expect_ran(&ran, EXIT_MARKS_LOST, NULL, NULL);
        cr_expect(access(in_folder(text_of("results/%s", formats[i].file)), R_OK) == 0, "%s: no %s",
                  formats[i].name, formats[i].file);
    }
}

Test(command_report, a_kept_result_gives_the_same_reports_again)
{
    make_half_marks();
    struct ran ran = GRADE("--seed", "1", "--format", "json", "--output", in_folder("r.json"), "--format",
                           "html", "--output", in_folder("r.html"), TOY);
    expect_ran(&ran, EXIT_MARKS_LOST, NULL, NULL);
    ran = GRADE("report", "--format", "html", in_folder("r.json"));
    expect_ran(&ran, 0, NULL, NULL);
    cr_expect_str_eq(ran.output, read_text(in_folder("r.html")));
    ran = GRADE("report", "--format", "json", in_folder("r.json"));
    cr_expect_str_eq(ran.output, read_text(in_folder("r.json")));
}

Test(command_report, what_is_no_result_is_refused)
{
    write_text(in_folder("empty"), "");
    write_text(in_folder("other.json"), "{\"schema\": \"classroom50/result/v1\"}");
    struct ran ran = GRADE("report", in_folder("empty"));
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "cannot read");
    ran = GRADE("report", in_folder("missing"));
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "cannot read");
    ran = GRADE("report", in_folder("other.json"));
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "is no result");
    ran = GRADE("report");
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "name one file");
}

Test(command_report, marks_lost_are_no_failure_if_the_caller_wants_it_so)
{
    make_half_marks();
    struct ran ran = GRADE("--exit-zero", TOY);
    expect_ran(&ran, 0, "4 of 10 points", NULL);
    write_examiner(HALF "exit 1\n");
    ran = GRADE("--exit-zero", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, "4 of 10 points", NULL);
}

Test(command_report, is_added_to_a_file_that_others_write_to)
{
    make_half_marks();
    write_text(in_folder("output"), "name=value\n");
    struct ran ran =
        GRADE("--exit-zero", "--format", "github-result", "--append", in_folder("output"), TOY);
    expect_ran(&ran, 0, NULL, NULL);
    const char *text = read_text(in_folder("output"));
    cr_expect(strncmp(text, "name=value\nresult=", 18) == 0, "the file holds \"%s\"", text);
    cr_expect(strchr(text + 18, '\n') == text + strlen(text) - 1, "it is not one line: %s", text);
}

Test(command_report, the_last_line_on_standard_output_is_autolabs)
{
    make_half_marks();
    struct ran ran = GRADE("--format", "text", "--format", "autolab", TOY);
    expect_ran(&ran, EXIT_MARKS_LOST, NULL, NULL);
    ran.output[strlen(ran.output) - 1] = '\0';
    cr_expect_str_eq(strrchr(ran.output, '\n') + 1,
                     "{\"scores\":{\"" TOY "\":4},\"scoreboard\":[4,0.0]}");
    ran = GRADE("--format", "autolab", "--format", "text", TOY);
    expect_ran(&ran, EXIT_NOT_GRADED, NULL, "autolab must be the last");
    ran = GRADE("--format", "autolab", "--format", "text", "--output", in_folder("report"), TOY);
    expect_ran(&ran, EXIT_MARKS_LOST, NULL, NULL);
}
