// What batch/places.h promises: where in a submission the file of an exercise may lie.
#include "../batch/places.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void expect_clean(const char *path, const char *expected)
{
    char clean[PLACES_PATH_SIZE] = "";
    bool taken = places_clean(path, clean);
    cr_expect(taken == (expected != NULL), "\"%s\" is %s", path, taken ? "taken" : "passed over");
    cr_expect(expected == NULL || strcmp(clean, expected) == 0, "\"%s\" became \"%s\"", path, clean);
}

Test(places, paths_become_plain)
{
    expect_clean("a", "a");
    expect_clean("a/b.c", "a/b.c");
    expect_clean("./a//b.c", "a/b.c");
    expect_clean("a/./b/", "a/b");
}

Test(places, paths_that_lead_elsewhere_are_passed_over)
{
    char longest[2 * PLACES_PATH_SIZE];
    static const char *const paths[] = {"",       ".",          "/",     "/etc/passwd", "..",
                                        "../a.c", "a/../../b",  ".git",  "a/.git/b",    "__MACOSX/a.c",
                                        "./",     "a/__MACOSX", "//a.c", "._pool.c"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        expect_clean(paths[i], NULL);
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    expect_clean(longest, NULL);
    longest[PLACES_PATH_SIZE - 1] = '\0';
    expect_clean(longest, NULL);
    longest[PLACES_PATH_SIZE - 2] = '\0';
    expect_clean(longest, longest);
}

static void expect_place(const char *path, int form, int depth)
{
    struct place place;
    bool found = places_find(path, "08-pool", "pool", &place);
    cr_assert(found == (form != -1), "\"%s\" is %s", path, found ? "found" : "not found");
    cr_expect(!found || ((int)place.form == form && place.depth == depth),
              "\"%s\" is of form %d at depth %d, expected %d at %d", path, place.form, place.depth, form,
              depth);
}

Test(places, a_file_is_found_in_its_three_places)
{
    expect_place("08-pool/pool.c", PLACES_IN_ITS_FOLDER, 0);
    expect_place("pool.c", PLACES_BARE, 0);
    expect_place("exercises/08-pool/pool.c", PLACES_IN_EXERCISES, 0);
    expect_place("a/08-pool/pool.c", PLACES_IN_ITS_FOLDER, 1);
    expect_place("a/b/pool.c", PLACES_BARE, 2);
    expect_place("a/exercises/08-pool/pool.c", PLACES_IN_EXERCISES, 1);
}

Test(places, what_only_looks_like_it_is_not_found)
{
    static const char *const paths[] = {"whirlpool.c", "pool.cc", "pool.c/a", "POOL.C",
                                        "08-pool/a.c", "",        "c"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        expect_place(paths[i], -1, 0);
    expect_place("108-pool/pool.c", PLACES_BARE, 1);
}

Test(places, the_top_is_preferred_and_then_the_form)
{
    struct place top = {PLACES_IN_EXERCISES, 0}, below = {PLACES_IN_ITS_FOLDER, 1};
    struct place bare = {PLACES_BARE, 0}, same = {PLACES_BARE, 0};
    cr_expect(places_is_better(&top, &below) && !places_is_better(&below, &top));
    cr_expect(places_is_better(&bare, &top) && !places_is_better(&top, &bare));
    cr_expect(!places_is_better(&bare, &same));
}

static void expect_leading(const char *paths, const char *expected, int depth)
{
    char list[256], leading[PLACES_PATH_SIZE], *rest;
    int found = 0;
    bool any = false;
    snprintf(list, sizeof list, "%s", paths);
    for (char *path = strtok_r(list, " ", &rest); path != NULL; path = strtok_r(NULL, " ", &rest)) {
        found = places_lead(leading, any, path);
        any = true;
    }
    cr_expect(strcmp(leading, expected) == 0 && found == depth,
              "of \"%s\" there leads \"%s\" (%d folders), expected \"%s\" (%d)", paths, leading, found,
              expected, depth);
}

Test(places, a_folder_leads_if_all_lies_in_it)
{
    expect_leading("a.c", "", 0);
    expect_leading("a/b.c", "a", 1);
    expect_leading("a/b/c.c a/b/d.c", "a/b", 2);
    expect_leading("a/b/c.c a/d.c", "a", 1);
    expect_leading("a/b.c ab/c.c", "", 0);
    expect_leading("ab/c.c a/b.c", "", 0);
    expect_leading("a/bc/d.c a/b/d.c", "a", 1);
    expect_leading("a/b/c.c d.c", "", 0);
}
