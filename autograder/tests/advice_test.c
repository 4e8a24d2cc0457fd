// What advice.h promises: signs are read from what the system shows, and advice is given for each sign
// and for nothing else.
#include "../grade/advice.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

TestSuite(advice, .init = folder_make, .fini = folder_remove, .timeout = 20);

// A system where everything is as it should be.
static const struct signs good = {.bubblewrap = true, .landlock = 6};

static void expect_says(struct signs signs, enum sandbox_level level, const char *expected)
{
    char *text = advice_text(&signs, level);
    cr_expect(expected == NULL ? text[0] == '\0' : strstr(text, expected) != NULL,
              "it says \"%s\", expected \"%s\"", text, expected == NULL ? "" : expected);
    free(text);
}

Test(advice, is_not_given_without_a_sign)
{
    expect_says(good, SANDBOX_ISOLATED, NULL);
    expect_says(good, SANDBOX_RESTRICTED, NULL);
    expect_says(good, SANDBOX_BOUNDED, NULL);
}

Test(advice, is_given_for_each_sign)
{
    const struct {
        struct signs signs;
        const char *says;
    } cases[] = {
        {{.bubblewrap = false, .landlock = 6}, "apt-get install bubblewrap"},
        {{.bubblewrap = true, .landlock = 6, .apparmor = true}, "bwrap-userns-restrict"},
        {{.bubblewrap = true, .landlock = 6, .apparmor = true, .thrown_away = true},
         "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
        {{.bubblewrap = true, .landlock = 6, .no_namespaces = true}, "user.max_user_namespaces"},
        {{.bubblewrap = true, .landlock = 6, .not_for_users = true},
         "kernel.unprivileged_userns_clone=1"},
        {{.bubblewrap = true, .landlock = 6, .docker = true},
         "docker run --security-opt seccomp=unconfined"},
        {{.bubblewrap = true, .landlock = 6, .podman = true}, "podman run"},
        {{.bubblewrap = true, .landlock = 6, .docker = true, .gradescope = true}, "Gradescope cannot"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_says(cases[i].signs, SANDBOX_RESTRICTED, cases[i].says);
        expect_says(cases[i].signs, SANDBOX_ISOLATED, NULL);
    }
}

Test(advice, tells_what_level_b_needs)
{
    struct signs signs = {.bubblewrap = true, .landlock_error = ENOSYS};
    expect_says(signs, SANDBOX_BOUNDED, "Linux 5.13");
    signs.landlock_error = EOPNOTSUPP;
    expect_says(signs, SANDBOX_BOUNDED, "lsm=");
    signs.landlock_error = EPERM;
    expect_says(signs, SANDBOX_BOUNDED, "container refuses");
    signs = (struct signs){.bubblewrap = true, .landlock = 4};
    expect_says(signs, SANDBOX_BOUNDED, "version 4");
    signs.root = true; // then a user id of its own does it
    expect_says(signs, SANDBOX_BOUNDED, NULL);
}

Test(advice, tells_root_without_other_users)
{
    struct signs signs = good;
    signs.few_users = true;
    expect_says(signs, SANDBOX_BOUNDED, "map 65536");
}

Test(advice, tells_that_few_processes_are_allowed)
{
    static const enum sandbox_level levels[] = {SANDBOX_ISOLATED, SANDBOX_RESTRICTED, SANDBOX_BOUNDED};
    struct signs signs = good;
    signs.few_processes = true;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        expect_says(signs, levels[i], "Fewer than 500 processes");
}

// Limits the processes of this user, and looks for the sign.
static bool is_seen_at_limit(rlim_t most)
{
    struct signs signs;
    cr_assert(setrlimit(RLIMIT_NPROC, &(struct rlimit){most, most}) == 0, "setrlimit: %s",
              strerror(errno));
    signs_read(&signs, in_folder("root"));
    return signs.few_processes;
}

Test(advice, reads_the_limit_of_processes)
{
    struct rlimit limit;
    cr_assert(getrlimit(RLIMIT_NPROC, &limit) == 0);
    if (limit.rlim_max >= 500)
        cr_expect(!is_seen_at_limit(500), "500 processes are told to be too few");
    cr_expect(is_seen_at_limit(499), "499 processes are told to be enough");
}

Test(advice, names_an_old_bubblewrap)
{
    expect_says(good, SANDBOX_ISOLATED_BY_OLD, "0.8");
}

static void make_file(const char *path, const char *text)
{
    struct ran made =
        run("mkdir", "-p", text_of("%s/root%.*s", in_folder(""), (int)(strrchr(path, '/') - path), path),
            NULL);
    cr_assert(made.status == 0, "%s", made.errors);
    write_text(text_of("%s/root%s", in_folder(""), path), text);
}

Test(advice, reads_the_signs)
{
    struct signs signs;
    unsetenv("GITHUB_ACTIONS");
    unsetenv("GITLAB_CI");
    signs_read(&signs, in_folder("root"));
    cr_expect(!signs.bubblewrap && !signs.apparmor && !signs.no_namespaces && !signs.not_for_users &&
                  !signs.docker && !signs.podman && !signs.gradescope && !signs.thrown_away,
              "there is a sign of nothing");
    make_file("/usr/bin/bwrap", "");
    make_file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
    make_file("/proc/sys/user/max_user_namespaces", "0\n");
    make_file("/proc/sys/kernel/unprivileged_userns_clone", "0\n");
    make_file("/.dockerenv", "");
    make_file("/proc/self/uid_map", "0 1000 1\n");
    make_file("/run/.containerenv", "");
    make_file("/autograder/run_autograder", "");
    setenv("GITHUB_ACTIONS", "true", 1);
    signs_read(&signs, in_folder("root"));
    cr_expect(signs.bubblewrap && signs.apparmor && signs.no_namespaces && signs.not_for_users &&
                  signs.docker && signs.podman && signs.gradescope && signs.thrown_away,
              "a sign is not seen");
    make_file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "0\n");
    make_file("/proc/sys/user/max_user_namespaces", "96365\n");
    make_file("/proc/sys/kernel/unprivileged_userns_clone", "1\n");
    make_file("/proc/self/uid_map", "0 1000 1\n1 100000 65536\n");
    cr_expect(signs.few_users == signs.root, "the number of user ids is read wrongly");
    signs_read(&signs, in_folder("root"));
    cr_expect(!signs.few_users, "the number of user ids is read wrongly");
    cr_expect(!signs.apparmor && !signs.no_namespaces && !signs.not_for_users,
              "a number is read wrongly");
}
