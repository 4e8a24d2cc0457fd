// What report.h promises of every format. Each report as a whole stands in autograder/tests/reports, made
// from result.json there: whoever changes a format changes that file, and reads the difference.
// check_reports.sh gives those files to validators that are not ours.
#include "report_support.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(report, is_as_it_was_read_and_approved)
{
    json_t *result = fixed_result();
    for (const struct report_format *format = first_format(); format < end_of_formats(); format++) {
        const char *file = text_of("%s%s", format->name, strrchr(format->file, '.'));
        char *expected = read_text(in_workbook(text_of("autograder/tests/reports/%s", file)));
        char *text = report_make(format, result, &fixed_settings);
        const char *fresh = in_build(text_of("tests/%s", file));
        if (strcmp(text, expected) != 0)
            write_text(fresh, text);
        cr_expect(strcmp(text, expected) == 0, "%s has %s; the whole of it is now in %s", format->name,
                  first_difference(text, expected), fresh);
        free(text);
        free(expected);
    }
    json_decref(result);
}

Test(report, is_a_pure_function_of_the_result)
{
    json_t *result = fixed_result(), *before = json_deep_copy(result);
    for (const struct report_format *format = first_format(); format < end_of_formats(); format++) {
        char *first = report_make(format, result, &fixed_settings),
             *second = report_make(format, result, &fixed_settings);
        cr_expect(strcmp(first, second) == 0, "the second report as %s of the same result has %s",
                  format->name, first_difference(second, first));
        cr_expect(json_equal(result, before), "the report as %s has changed the result", format->name);
        free(first);
        free(second);
    }
    json_decref(result);
    json_decref(before);
}

Test(report, knows_its_formats_by_name)
{
    for (const struct report_format *format = first_format(); format < end_of_formats(); format++) {
        cr_expect(report_format(format->name) == format, "%s is not found", format->name);
        cr_expect(strchr(format->file, '.') != NULL && strchr(format->file, '/') == NULL,
                  "%s is no name of a file", format->file);
    }
    cr_expect(report_format("xml") == NULL && report_format("") == NULL, "a format without a name");
}

// Results that lack what they should have are no reason to crash: `grade report` reads any file.
Test(report, of_a_result_that_lacks_everything_is_a_report)
{
    static const char *const results[] = {
        "{}", "{\"exercises\": 7, \"environment\": []}",
        "{\"exercises\": [7, null, {}, {\"tests\": [7, null, {}, {\"speed\": 7}]}]}",
        ("{\"exercises\": [{\"tests\": [{\"status\": \"unknown\", \"speed\": {\"bars\": [[9, 9, 9, 9]], "
         "\"workers\": 1e300}, \"points\": 1e300, \"seconds\": -1}], \"id\": {}, \"build\": "
         "\"built\"}]}")};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        json_t *result = json_loads(results[i], 0, NULL);
        cr_assert(result != NULL, "the test's own result is malformed: %s", results[i]);
        for (const struct report_format *format = first_format(); format < end_of_formats(); format++) {
            char *text = report_make(format, result, &fixed_settings);
            cr_expect(text[0] != '\0', "%s of %s is empty", format->name, results[i]);
            free(text);
        }
        json_decref(result);
    }
}
