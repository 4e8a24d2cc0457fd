// What cpus.h promises: the processors that a program can use here, by affinity and by quota.
#define _GNU_SOURCE // sched_setaffinity, CPU_SET
#include "../grade/cpus.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <sched.h>
#include <string.h>

static void expect_quota(const char *text, int expected)
{
    int cpus = cpus_of_quota(text);
    cr_expect(cpus == expected, "the quota \"%s\" gives %d CPUs, expected %d", text, cpus, expected);
}

Test(cpus, of_a_quota_are_told_in_hundredths)
{
    expect_quota("100000 100000\n", 100);
    expect_quota("150000 100000", 150);
    expect_quota("200000 100000", 200);
    expect_quota("200001 100000", 200);
    expect_quota("50000 100000", 50);
    expect_quota("1000 1000000", 1);
    expect_quota("6400000 100000", 6400);
}

Test(cpus, without_a_quota_are_none)
{
    expect_quota("max 100000", 0);
    expect_quota("max 100000\n", 0);
    expect_quota("-1 100000", 0); // how version 1 says that there is none
}

Test(cpus, of_a_text_that_is_no_quota_are_none)
{
    static const char *const junk[] = {"", "\n", "100000", "x y", "0 100000", "100000 0", "100000 -1"};
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++)
        expect_quota(junk[i], 0);
}

Test(cpus, usable_are_no_more_than_affinity_allows)
{
    cpu_set_t allowed, one;
    char why[128] = "";
    cr_assert(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "sched_getaffinity: %s",
              strerror(errno));
    int cpu = 0;
    while (!CPU_ISSET(cpu, &allowed))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    cr_assert(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity: %s", strerror(errno));
    cr_expect(cpus_usable(why) == 1, "on one processor, %d are usable", cpus_usable(why));
    cr_expect(why[0] != '\0', "it does not say what decided");
}

Test(cpus, usable_are_at_least_one)
{
    char why[128];
    cr_expect(cpus_usable(why) >= 1, "%d processors are usable", cpus_usable(why));
}
