// What answer.h promises, for answers of every kind: they come from a submission and may be anything.
#include "../examiner/answer.h"
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRAM = 42 }; // pid of the program itself
#define SECRET "key"

// An outcome with this answer in memory of just its size, so that a sanitizer sees a step beyond it.
static struct outcome *with_answer(const char *bytes, size_t size)
{
    static struct outcome outcome;
    free(outcome.answer);
    outcome.answer = malloc(size + 1);
    cr_assert(outcome.answer != NULL, "out of memory");
    memcpy(outcome.answer, bytes, size);
    outcome.answer[size] = '\0';
    outcome.answer_size = size;
    outcome.reported = true;
    outcome.report.program = PROGRAM;
    return &outcome;
}
#define ANSWER(literal) with_answer(literal, sizeof(literal) - 1)

static void expect_value(const struct outcome *outcome, const char *name, const char *bytes, size_t size)
{
    const char *value = NULL;
    size_t found = 0;
    cr_assert(answer_find(outcome, name, &value, &found), "\"%s\" is not found", name);
    cr_expect(found == size, "\"%s\" has %zu bytes, expected %zu", name, found, size);
    cr_expect(found == size && memcmp(value, bytes, size) == 0, "\"%s\" has another value: \"%.*s\"",
              name, (int)found, value);
    cr_expect(value >= outcome->answer && value + found <= outcome->answer + outcome->answer_size,
              "\"%s\" does not point into the answer", name);
}
#define EXPECT_VALUE(outcome, name, literal) expect_value(outcome, name, literal, sizeof(literal) - 1)

static void expect_no_value(const struct outcome *outcome, const char *name)
{
    const char *value;
    size_t size;
    cr_expect(!answer_find(outcome, name, &value, &size), "\"%s\" is found, but it was not answered",
              name);
}

static void expect_count(const struct outcome *outcome, int expected)
{
    int count = answer_count(outcome, SECRET);
    cr_expect(count == expected, "\"%.60s\" counts as %d answers, expected %d", outcome->answer, count,
              expected);
}

Test(answer, gives_its_values_by_name)
{
    const struct outcome *outcome = ANSWER("first 1\n1\nsecond 3\n-22\nend 42 key\n");
    expect_count(outcome, 1);
    EXPECT_VALUE(outcome, "first", "1");
    EXPECT_VALUE(outcome, "second", "-22");
    expect_no_value(outcome, "third");
}

Test(answer, name_is_compared_whole)
{
    const struct outcome *outcome = ANSWER("longer 1\n1\nlong 1\n2\nend 42 key\n");
    EXPECT_VALUE(outcome, "long", "2");
    expect_no_value(outcome, "lon");
    expect_no_value(outcome, "longer_still");
    expect_no_value(outcome, "");
}

Test(answer, value_may_hold_any_bytes)
{
    const struct outcome *outcome = ANSWER("a 9\nx 1\n\0end\n\nempty 0\n\nb 6\nend 7\n\nend 42 key\n");
    expect_count(outcome, 1);
    EXPECT_VALUE(outcome, "a", "x 1\n\0end\n");
    EXPECT_VALUE(outcome, "empty", "");
    EXPECT_VALUE(outcome, "b", "end 7\n");
}

Test(answer, of_the_program_itself_is_chosen)
{
    const struct outcome *outcome =
        ANSWER("n 1\n1\nend 41 key\nn 1\n2\nend 42 key\nn 1\n3\nother 1\n4\nend 43 key\n");
    expect_count(outcome, 3);
    EXPECT_VALUE(outcome, "n", "2");
    expect_no_value(outcome, "other");
}

Test(answer, that_came_first_is_chosen_if_the_program_gave_none)
{
    const struct outcome *outcome = ANSWER("n 1\n1\nend 7 key\nn 1\n2\nother 1\n4\nend 8 key\n");
    expect_count(outcome, 2);
    EXPECT_VALUE(outcome, "n", "1");
    expect_no_value(outcome, "other");
}

Test(answer, without_values_counts)
{
    expect_count(ANSWER("end 42 key\n"), 1);
    expect_no_value(ANSWER("end 42 key\n"), "end");
}

Test(answer, without_the_secret_is_malformed)
{
    expect_count(ANSWER("n 1\n1\nend 42\n"), -1);
    expect_count(ANSWER("n 1\n1\nend 42 \n"), -1);
    expect_count(ANSWER("n 1\n1\nend 42 ke\n"), -1);
    expect_count(ANSWER("n 1\n1\nend 42 keys\n"), -1);
    expect_count(ANSWER("n 1\n1\nend 41\nn 1\n1\nend 42 key\n"), -1);
}

Test(answer, that_says_a_thing_twice_is_malformed)
{
    expect_count(ANSWER("n 1\n1\nn 1\n1\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1\n1\nm 1\n1\nn 1\n2\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1\n1\nend 42 key\nn 1\n2\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1\n1\nend 42 key\nn 1\n2\nend 43 key\n"), 2);
}

Test(answer, of_a_broken_drive_needs_the_secret)
{
    cr_expect(answer_is_broken(ANSWER("broken key\n"), SECRET),
              "a drive that says it is broken is not believed");
    cr_expect(answer_is_broken(ANSWER("n 1\n1\nbroken key\n"), SECRET),
              "a drive that broke later is not believed");
    cr_expect(!answer_is_broken(ANSWER("broken\n"), SECRET), "anybody can say that the drive is broken");
    cr_expect(!answer_is_broken(ANSWER("broken kex\n"), SECRET), "a wrong secret is believed");
    cr_expect(!answer_is_broken(ANSWER(""), SECRET), "no answer is taken for a broken drive");
}

Test(answer, that_never_came_is_none)
{
    expect_count(ANSWER(""), 0);
    expect_no_value(ANSWER(""), "n");
}

Test(answer, cut_anywhere_is_malformed)
{
    static const char whole[] = "first 1\n1\nsecond 3\n-22\nend 42 key\n";
    for (size_t size = 1; size < sizeof whole - 1; size++)
        expect_count(with_answer(whole, size), -1);
}

Test(answer, with_an_impossible_size_is_malformed)
{
    expect_count(ANSWER("n 18446744073709551615\nx\nend 42 key\n"), -1); // SIZE_MAX
    expect_count(ANSWER("n 18446744073709551614\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 99999999999999999999999\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 9223372036854775808\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 9\nx\nend 42 key\n"), -1); // its value would end with the answer
    expect_count(ANSWER("n 10\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n -1\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n +1\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n  1\nx\nend 42 key\n"), -1);
    expect_no_value(ANSWER("n 18446744073709551615\nx\nend 42 key\n"), "n");
}

Test(answer, that_is_junk_is_malformed)
{
    expect_count(ANSWER("\n"), -1);
    expect_count(ANSWER(" "), -1);
    expect_count(ANSWER(" 1\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1 \nx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1\nxx\nend 42 key\n"), -1);
    expect_count(ANSWER("n 1\nxend 42 key\n"), -1);
    expect_count(ANSWER("n 1\nxXend 42 key\n"), -1);
    expect_count(ANSWER("n\nx\nend 42 key\n"), -1);
    expect_count(ANSWER("end\n"), -1);
    expect_count(ANSWER("end x\n"), -1);
    expect_count(ANSWER("n 1\nx\nend 42 key\njunk"), -1);
    expect_count(ANSWER("hello, world\n"), -1);
    expect_count(ANSWER("\0\0\0"), -1);
}

// Reads all that can be read. Whatever the answer is, nothing may crash, and nothing beyond it be read.
static void survive(const struct outcome *outcome)
{
    const char *value;
    size_t size;
    int count = answer_count(outcome, SECRET);
    cr_expect(count >= -1, "an answer counts as %d answers", count);
    if (answer_find(outcome, "first", &value, &size))
        cr_expect(value >= outcome->answer && size <= outcome->answer_size &&
                      value + size <= outcome->answer + outcome->answer_size,
                  "a value lies beyond the answer");
}

Test(answer, of_random_bytes_harms_nobody)
{
    static const char alphabet[] = "0123456789 \n\n  endfirst\0-";
    char bytes[64];
    srand(1);
    for (int round = 0; round < 20000; round++) {
        size_t size = (size_t)rand() % sizeof bytes;
        for (size_t i = 0; i < size; i++)
            bytes[i] = round % 2 == 0 ? (char)rand() : alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        survive(with_answer(bytes, size));
    }
}

Test(answer, damaged_at_random_harms_nobody)
{
    static const char good[] =
        "first 2\n12\nsecond 11\n0123456789\n\nend 41 key\nfirst 1\n7\nend 42 key\n";
    char bytes[sizeof good];
    srand(2);
    for (int round = 0; round < 20000; round++) {
        size_t size = sizeof good - 1 - (size_t)rand() % 8;
        memcpy(bytes, good, sizeof good);
        for (int damage = rand() % 4; damage >= 0; damage--)
            bytes[(size_t)rand() % size] = "0189 \n\0e\xff"[rand() % 9];
        survive(with_answer(bytes, size));
    }
}
