// What grade/ground.h promises: which level suffices, and who must be alone.
#include "../grade/ground.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const enum sandbox_level levels[] = {SANDBOX_ISOLATED, SANDBOX_ISOLATED_BY_OLD, SANDBOX_RESTRICTED,
                                            SANDBOX_BOUNDED};
enum { LEVELS = sizeof levels / sizeof *levels };

static void expect_suffices(enum sandbox_level level, const char *required)
{
    char refusal[GROUND_REFUSAL_SIZE];
    const struct ground ground = {.level = level, .holds = true, .level_reason = "the reason"};
    cr_expect(ground_suffices(&ground, '\0', refusal), "level %c does not suffice, but any does", level);
    for (const char *letter = "ABC"; *letter != '\0'; letter++) {
        bool suffices = ground_suffices(&ground, *letter, refusal);
        cr_expect(suffices == (strchr(required, *letter) != NULL), "level %c %s where %c is required",
                  level, suffices ? "suffices" : "does not suffice", *letter);
    }
}

Test(ground, suffices_if_it_is_as_good_as_required)
{
    expect_suffices(SANDBOX_ISOLATED, "ABC");
    expect_suffices(SANDBOX_ISOLATED_BY_OLD, "ABC");
    expect_suffices(SANDBOX_RESTRICTED, "BC");
    expect_suffices(SANDBOX_BOUNDED, "C");
}

Test(ground, says_why_it_does_not_suffice)
{
    char refusal[GROUND_REFUSAL_SIZE];
    struct ground ground = {.level = SANDBOX_BOUNDED, .holds = true};
    memset(ground.level_reason, 'x', sizeof ground.level_reason - 1);
    cr_expect(!ground_suffices(&ground, 'B', refusal));
    cr_expect(strncmp(refusal, "sandbox level B is required, but this would be level C: x", 57) == 0 &&
                  strlen(refusal) == 56 + sizeof ground.level_reason - 1,
              "it says %s", refusal);
    ground.level_reason[0] = '\0';
    cr_expect(!ground_suffices(&ground, 'A', refusal));
    cr_expect_str_eq(refusal, "sandbox level A is required, but this would be level C: it was asked for");
}

Test(ground, suffices_for_nothing_if_it_does_not_hold)
{
    char refusal[GROUND_REFUSAL_SIZE];
    const struct ground ground = {.level = SANDBOX_ISOLATED_BY_OLD, .level_reason = "the reason"};
    cr_expect(!ground_suffices(&ground, '\0', refusal) && !ground_suffices(&ground, 'C', refusal));
    cr_expect_str_eq(refusal, "the sandbox does not hold at level A here: the reason");
}

static void expect_alone(const char *alone)
{
    for (size_t i = 0; i < LEVELS; i++)
        cr_expect(ground_must_be_alone(levels[i]) == (strchr(alone, levels[i]) != NULL),
                  "to user %d at level %c it is the other way round", (int)geteuid(), levels[i]);
}

Test(ground, of_a_user_without_namespaces_must_be_alone)
{
    if (geteuid() == 0) {
        expect_alone("");
        cr_assert(seteuid(65534) == 0);
    }
    expect_alone("BC");
}
