// What batch/class.h, join.h, replace.h and meter.h promise: reports that are harmless whatever names and
// outputs are in them, and files that are replaced as a whole.
#include "../batch/class.h"
#include "../batch/class_tests.h"
#include "../batch/join.h"
#include "../batch/meter.h"
#include "../grade/replace.h"
#include "support.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(class, .init = folder_make, .fini = folder_remove, .timeout = 20);

static const struct exercise exercise = {
    .id = "02-process", .slug = "process", .title = "<b>Processes</b>"};

// A result with three tests, of which this is the status.
static json_t *result_of(const char *first, const char *second, const char *third, const char *extra)
{
    const struct result_environment environment = {
        .usable_cpus = 2, .sandbox = 'A', .sandbox_reason = ""};
    json_t *result = result_make(&environment);
    json_t *tests = json_pack(
        "[{s:s, s:s, s:s, s:i, s:s}, {s:s, s:s, s:s, s:i, s:s}, {s:s, s:s, s:s, s:i, s:s}]", "suite",
        "toy", "name", "a", "description", "one & two", "max_points", 5, "status", first, "suite", "toy",
        "name", "b", "description", "three", "max_points", 3, "status", second, "suite", "toy", "name",
        "fast", "description", "is fast", "max_points", 2, "status", third);
    if (extra != NULL)
        json_object_set_new(json_array_get(tests, 2), extra, json_true());
    result_add(result, exercise.id, exercise.title, "process.c", "built", "", "", tests);
    return result;
}

static struct class toy_class(const struct student *students, size_t count)
{
    static const struct exercise *exercises[] = {&exercise};
    return (struct class){.exercises = exercises,
                          .exercise_count = 1,
                          .students = (struct student *)students,
                          .student_count = count};
}

static struct mark mark_of(enum attempt_state state, int points, int most, json_t *result)
{
    return (struct mark){.state = state, .points = points, .max_points = most, .result = result};
}

#define STUDENT(name_, note_, mark_)                                                                     \
    {                                                                                                    \
        .name = (char *)name_, .note = (char *)note_, .marks = &(mark_)                                  \
    }

Test(class, cells_cannot_become_formulas)
{
    static const char *const names[] = {"=1+1", "+1", "-1", "@SUM(A1)", "a\"b,c", "plain"};
    static const char *const cells[] = {"\"'=1+1\"",     "\"'+1\"",      "\"'-1\"",
                                        "\"'@SUM(A1)\"", "\"a\"\"b,c\"", "\"plain\""};
    struct mark none = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct student student[] = {STUDENT(names[i], names[i], none)};
        const struct class class = toy_class(student, 1);
        char *text = class_csv(&class);
        const char *expected = text_of("\r\n%s,,,not handed in,0,0,,%s\r\n", cells[i], cells[i]);
        cr_expect(strstr(text, expected) != NULL, "the row of %s is %s", names[i], text);
        free(text);
    }
}

Test(class, the_table_tells_points_only_where_there_are_any)
{
    struct mark full = mark_of(ATTEMPT_GRADED, 10, 10, NULL), busy = mark_of(ATTEMPT_BUSY, 8, 8, NULL);
    struct mark broken = mark_of(ATTEMPT_NOT_GRADED, 3, 10, NULL),
                part = mark_of(ATTEMPT_UNTIMED, 8, 8, NULL);
    const struct student students[] = {STUDENT("a", "", full), STUDENT("b", "", busy),
                                       STUDENT("c", "", broken), STUDENT("d", "", part)};
    const struct class class = toy_class(students, 4);
    char *text = class_csv(&class);
    cr_expect_str_eq(text, "\xEF\xBB\xBF"
                           "name,02-process,02-process of,02-process state,points,of,commit,note\r\n"
                           "\"a\",10,10,graded,10,10,,\"\"\r\n"
                           "\"b\",8,8,busy,8,8,,\"\"\r\n"
                           "\"c\",,,not graded,0,0,,\"\"\r\n"
                           "\"d\",,,not timed yet,0,0,,\"\"\r\n");
    free(text);
}

// Why there are no points, where no test can tell.
Test(class, the_page_tells_what_does_not_build)
{
    json_t *result = result_of("not_reached", "not_reached", "not_reached", NULL);
    json_t *build = json_object_get(json_array_get(json_object_get(result, "exercises"), 0), "build");
    struct mark mark = mark_of(ATTEMPT_GRADED, 0, 10, result);
    const struct student students[] = {STUDENT("a", "", mark)};
    const struct class class = toy_class(students, 1);
    char *page = class_html(&class);
    cr_expect(strstr(page, "does not build") == NULL && strstr(page, "do not build") == NULL,
              "what is built is said not to be");
    free(page);
    json_object_set_new(build, "status", json_string("not_compiled"));
    page = class_html(&class);
    cr_expect(strstr(page, "1 graded, 0 of them with full marks, 1 does not build") != NULL &&
                  strstr(page, ">0 of 10<br><span class=\"faint\">does not build</span></td>") != NULL,
              "it is not told: %s", page);
    free(page);
    json_decref(result);
}

Test(class, the_page_takes_names_as_text)
{
    json_t *result = result_of("passed", "failed", "not_reached", NULL);
    struct mark mark = mark_of(ATTEMPT_GRADED, 5, 10, result);
    const struct student students[] = {STUDENT("<script>alert('x')</script>", "a \"note\" & more", mark)};
    const struct class class = toy_class(students, 1);
    char *page = class_html(&class);
    cr_expect(strstr(page, "<script") == NULL, "a name became an element");
    cr_expect(strstr(page, "&#60;script&#62;alert(&#39;x&#39;)") != NULL, "the name is not shown");
    cr_expect(strstr(page, "<b>") == NULL && strstr(page, "one &#38; two") != NULL,
              "texts are not escaped");
    cr_expect(strstr(page, "a &#34;note&#34; &#38; more") != NULL, "the note is not shown");
    cr_expect(strstr(page, "http") == NULL, "the page needs something from elsewhere");
    write_text(in_folder("class.html"), page);
    free(page);
    json_decref(result);
}

Test(class, tests_are_counted_over_the_class)
{
    size_t count;
    json_t *good = result_of("passed", "passed", "passed", NULL);
    json_t *bad = result_of("failed", "not_reached", "busy", NULL);
    struct mark a = mark_of(ATTEMPT_GRADED, 10, 10, good), b = mark_of(ATTEMPT_BUSY, 0, 8, bad);
    struct mark c = mark_of(ATTEMPT_NOT_GRADED, 10, 10, good), d = {0};
    const struct student students[] = {STUDENT("a", "", a), STUDENT("b", "", b), STUDENT("c", "", c),
                                       STUDENT("d", "", d)};
    const struct class class = toy_class(students, 4);
    struct class_test *tests = class_tests(&class, 0, &count);
    cr_assert(count == 3, "there are %zu tests", count);
    cr_expect(tests[0].students == 2 && tests[0].counts[TEST_PASSED] == 1 &&
                  tests[0].counts[TEST_FAILED] == 1,
              "what does not count was counted");
    cr_expect(tests[1].counts[TEST_NOT_REACHED] == 1 && tests[2].counts[TEST_BUSY] == 1);
    cr_expect(tests[0].median == 2.5, "the median is %g", tests[0].median);
    cr_expect(tests[2].median == 2, "a busy test is in the median: %g", tests[2].median);
    cr_expect(class_median(&class, 0) == 5, "the median of the points is %g", class_median(&class, 0));
    free(tests);
    json_decref(good);
    json_decref(bad);
}

Test(class, the_result_of_a_student_has_the_form_of_a_result)
{
    json_t *result = result_of("passed", "failed", "passed", NULL);
    struct mark mark = mark_of(ATTEMPT_GRADED, 7, 10, result), none = {0};
    const struct student students[] = {STUDENT("a", "", mark), STUDENT("b", "unreadable", none)};
    const struct class class = toy_class(students, 2);
    char *text = class_json(&class, &students[0]);
    json_t *read = json_loads(text, 0, NULL);
    cr_expect(json_equal(read, result), "of one exercise it is not the result itself: %s", text);
    json_decref(read);
    free(text);
    text = class_json(&class, &students[1]);
    read = json_loads(text, 0, NULL);
    cr_expect_str_eq(json_string_value(json_object_get(read, "status")), "not_graded");
    cr_expect_str_eq(json_string_value(json_object_get(read, "note")), "unreadable");
    json_decref(read);
    free(text);
    json_decref(result);
}

Test(class, a_file_is_replaced_as_a_whole_or_left_alone)
{
    struct stat before, after;
    int folder = open(in_folder("."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    cr_assert(replace_file(folder, "a", ".unfinished", 0644, "one\n") == 0);
    cr_assert(stat(in_folder("a"), &before) == 0);
    cr_assert(replace_file(folder, "a", ".unfinished", 0644, "one\n") == 0 &&
              stat(in_folder("a"), &after) == 0);
    cr_expect(before.st_ino == after.st_ino, "a file that said the same was replaced");
    write_text(in_folder(".unfinished"), "of one that was killed");
    cr_assert(replace_file(folder, "a", ".unfinished", 0644, "two\n") == 0);
    cr_expect_str_eq(read_text(in_folder("a")), "two\n");
    cr_expect(access(in_folder(".unfinished"), F_OK) == -1, "an unfinished file is left");
}

Test(class, a_link_is_replaced_and_not_followed)
{
    int folder = open(in_folder("."), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    write_text(in_folder("precious"), "one\n");
    cr_assert(symlink("precious", in_folder("a")) == 0 &&
              symlink("precious", in_folder(".unfinished")) == 0);
    cr_assert(replace_file(folder, "a", ".unfinished", 0644, "two\n") == 0);
    cr_expect_str_eq(read_text(in_folder("precious")), "one\n");
    cr_expect_str_eq(read_text(in_folder("a")), "two\n");
}

Test(class, what_was_timed_takes_the_place_of_what_was_postponed)
{
    json_t *before = result_of("passed", "failed", "not_graded", "postponed");
    json_t *timed = result_of("failed", "passed", "passed", NULL);
    cr_expect(join_state(before) == ATTEMPT_UNTIMED, "it is in state %d", join_state(before));
    json_t *joined = join_timed(before, timed);
    json_t *expected = result_of("passed", "failed", "passed", NULL);
    cr_expect(json_equal(joined, expected), "it has become %s", json_dumps(joined, 0));
    cr_expect(join_state(joined) == ATTEMPT_GRADED);
    json_decref(before);
    json_decref(timed);
    json_decref(joined);
    json_decref(expected);
}

Test(class, what_could_not_be_timed_is_not_graded)
{
    json_t *before = result_of("passed", "failed", "not_graded", "postponed");
    json_t *broken = result_of("passed", "passed", "not_graded", NULL);
    json_t *joined = join_timed(before, broken);
    cr_expect(join_state(joined) == ATTEMPT_NOT_GRADED, "it is in state %d", join_state(joined));
    json_t *exercise_of_it = json_array_get(json_object_get(broken, "exercises"), 0);
    json_object_set_new(json_object_get(exercise_of_it, "build"), "status", json_string("not_compiled"));
    json_t *second = join_timed(before, broken); // it was compiled before
    cr_expect(join_state(second) == ATTEMPT_NOT_GRADED, "it is in state %d", join_state(second));
    json_decref(before);
    json_decref(broken);
    json_decref(joined);
    json_decref(second);
}

Test(class, a_fault_is_not_a_busy_machine)
{
    json_t *busy = result_of("passed", "failed", "busy", NULL);
    json_t *fault = result_of("passed", "not_graded", "not_graded", "postponed");
    cr_expect(join_state(busy) == ATTEMPT_BUSY, "it is in state %d", join_state(busy));
    cr_expect(join_state(fault) == ATTEMPT_NOT_GRADED, "it is in state %d", join_state(fault));
    json_decref(busy);
    json_decref(fault);
}

Test(class, the_time_that_is_left_is_told)
{
    char text[32];
    cr_expect_str_eq(meter_words(10, text), "less than a minute");
    cr_expect_str_eq(meter_words(119, text), "2 min");
    cr_expect_str_eq(meter_words(90 * 60, text), "1 h 30 min");
    cr_expect(meter_left(60, 1, 0, 3) == 120, "two of the same length are left");
    cr_expect(meter_left(60, 3, 0, 3) == 0, "nothing is left");
    cr_expect(meter_left(60, 2, 1, 4) == 60 + 2 * METER_TIMED_S, "half of four are to be timed");
    cr_expect(meter_left(0, 0, 0, 5) == 0, "nothing is known yet");
}
