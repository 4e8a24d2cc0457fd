// What limits.h promises: limits survive the way over the warden's command line, and nothing else does.
#include "../sandbox/limits.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static void expect_round_trip(const struct limits *limits)
{
    char text[LIMITS_TEXT_SIZE];
    struct limits back;
    memset(&back, 0xff, sizeof back);
    limits_to_text(limits, text);
    cr_assert(limits_from_text(text, &back) == 0, "its own text was refused: \"%s\"", text);
    cr_expect(back.time_ms == limits->time_ms && back.stall_ms == limits->stall_ms &&
                  back.processes == limits->processes && back.memory_mib == limits->memory_mib &&
                  back.tree_mib == limits->tree_mib && back.cpu_seconds == limits->cpu_seconds &&
                  back.file_mib == limits->file_mib && back.descriptors == limits->descriptors &&
                  back.files_mib == limits->files_mib && back.traceable == limits->traceable,
              "\"%s\" was read as other limits than were written", text);
}

Test(limits, read_back_as_they_were_written)
{
    const struct limits all_different = {1, 2, 3, 4, 5, 6, 7, 8, 9, true};
    expect_round_trip(&limits_of_a_drive);
    expect_round_trip(&limits_of_the_compiler);
    expect_round_trip(&all_different);
}

Test(limits, of_any_size_fit_into_the_text)
{
    const struct limits largest = {LONG_MAX, LONG_MAX, LONG_MAX, LONG_MAX, LONG_MAX,
                                   LONG_MAX, LONG_MAX, LONG_MAX, LONG_MAX, true};
    const struct limits lowest = {LONG_MIN, LONG_MIN, LONG_MIN, LONG_MIN, LONG_MIN,
                                  LONG_MIN, LONG_MIN, LONG_MIN, LONG_MIN, false};
    expect_round_trip(&largest);
    expect_round_trip(&lowest);
}

static void expect_refused(const char *text)
{
    struct limits limits;
    errno = 0;
    int result = limits_from_text(text, &limits);
    cr_expect(result == -1 && errno == EINVAL, "\"%s\" gave %d with errno %s, expected -1 with EINVAL",
              text, result, strerror(errno));
}

Test(limits, refuses_what_is_no_limits)
{
    static const char *const junk[] = {"", " ", "time=", "/bin/true", "time=x,stall=1", "\xff\xfe"};
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++)
        expect_refused(junk[i]);
}

Test(limits, refuses_a_text_cut_anywhere_in_it)
{
    char text[LIMITS_TEXT_SIZE];
    limits_to_text(&limits_of_a_drive, text);
    while (text[0] != '\0') {
        text[strlen(text) - 1] = '\0';
        expect_refused(text);
    }
}

Test(limits, refuses_characters_behind_the_text)
{
    static const char *const tails[] = {" ", "\n", "0x", ",more=1", "x"};
    char text[2 * LIMITS_TEXT_SIZE];
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        limits_to_text(&limits_of_a_drive, text);
        strcat(text, tails[i]);
        expect_refused(text);
    }
}

Test(limits, make_room_for_sanitizers)
{
    struct limits limits = limits_of_a_drive;
    limits_for_sanitizers(&limits);
    cr_expect(limits.memory_mib == 0, "the address space is limited to %ld MiB; sanitizers reserve more",
              limits.memory_mib);
    cr_expect(limits.traceable, "ptrace is not allowed, but LeakSanitizer needs it");
    cr_expect(limits.time_ms >= limits_of_a_drive.time_ms &&
                  limits.cpu_seconds >= limits_of_a_drive.cpu_seconds,
              "a slower program has got less time");
}
