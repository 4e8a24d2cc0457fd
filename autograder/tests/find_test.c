// What sandbox.h promises of finding a level: what holds is found out by trying, and said.
#include "refusing.h"
#include "sandbox_support.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(find, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

static void expect_best(enum sandbox_level expected, const char *reason)
{
    char why[SANDBOX_WHY_SIZE];
    enum sandbox_level level;
    bool holds = sandbox_best_level(in_folder("warden"), &level, why);
    cr_expect(holds, "not even level C holds: %s", why);
    cr_expect(level == expected, "level %c is found, expected %c: %s", (char)level, (char)expected, why);
    cr_expect(strstr(why, reason) != NULL && (reason[0] != '\0' || why[0] == '\0'),
              "the reason is \"%s\", expected \"%s\" in it", why, reason);
}

Test(find, says_why_it_is_not_the_best)
{
    char why[SANDBOX_WHY_SIZE];
    enum sandbox_level level;
    cr_expect(sandbox_best_level(in_folder("warden"), &level, why), "not even level C holds: %s", why);
    cr_expect((level == SANDBOX_ISOLATED) == (why[0] == '\0'), "level %c is given with the reason \"%s\"",
              (char)level, why);
    bool holds = sandbox_best_level("/nonexistent/warden", &level, why);
    cr_expect(!holds && level == SANDBOX_BOUNDED && strstr(why, "warden") != NULL,
              "without a warden level %c is given, with the reason \"%s\"", (char)level, why);
}

Test(find, takes_level_b_where_namespaces_are_refused)
{
    require_level(SANDBOX_RESTRICTED);
    refuse_namespaces(0);
    expect_best(SANDBOX_RESTRICTED, "A: ");
    expect_exit(shell(SANDBOX_RESTRICTED, "exec cat /etc/passwd"), 1);
    expect_exit(shell(SANDBOX_RESTRICTED, "exec true"), 0);
}

Test(find, takes_level_c_where_landlock_is_refused_too)
{
    refuse_namespaces(ENOSYS);
    expect_best(SANDBOX_BOUNDED, "Landlock: Function not implemented");
    expect_exit(shell(SANDBOX_BOUNDED, "exec true"), 0);
}

Test(find, takes_an_old_bubblewrap_with_what_it_can)
{
    require_level(SANDBOX_ISOLATED);
    make_bwrap_old();
    expect_best(SANDBOX_ISOLATED_BY_OLD, "older than 0.8");
    struct sandbox_job job = job_of("for n in 1 2 3 4 5 6; do head -c 900000 /dev/zero >$n; done; "
                                    "head -c 900000 /dev/zero >/dev/shm/x; exec sleep 1000");
    job.limits.files_mib = 4;
    job.limits.stall_ms = 10000;
    expect_limit(outcome_of(SANDBOX_ISOLATED_BY_OLD, &job), LIMIT_FILES);
    expect_exit(shell(SANDBOX_ISOLATED_BY_OLD, "exec unshare -U true"), 1);
}

Test(find, takes_the_next_level_where_bubblewrap_says_no)
{
    require_level(SANDBOX_RESTRICTED);
    put_before_bwrap("echo \"bwrap: setting up uid map: Permission denied\" >&2; exit 1");
    expect_best(SANDBOX_RESTRICTED, "A: the sandbox ended without a report: bwrap: setting up uid map");
}

// Where bubblewrap starts, but does not isolate, only the canary can tell.
Test(find, believes_no_sandbox_that_holds_nothing)
{
    require_level(SANDBOX_RESTRICTED);
    make_folder(in_folder("work"));
    cr_assert(chmod(in_folder("work"), 0777) == 0);
    put_before_bwrap(text_of("cd %s; while [ $# -gt 0 ] && [ \"$1\" != -- ]; do shift; done; shift 2\n"
                             "export KIT=%s; set -- \"$@\"; a=$1 b=$2 c=$3; shift 4\n"
                             "exec %s \"$a\" \"$b\" \"$c\" %s \"$@\"",
                             in_folder("work"), in_folder(""), in_folder("warden"), in_folder("warden")));
    expect_best(SANDBOX_RESTRICTED, "A: it can read files of others");
}

// Outside of any sandbox everything works that must not: so the canary can fail in every point.
Test(find, the_canary_names_what_does_not_hold)
{
    static const char *const broken[] = {"it can read files of others",
                                         "it can write files of others",
                                         "it can change the modes of files",
                                         "it can send signals to processes outside",
                                         "it can limit processes outside",
                                         "it can see processes outside",
                                         "it can use ptrace(2)",
                                         NULL};
    write_text(in_folder("bait"), "");
    struct ran ran = run(in_folder("warden"), "canary", "A", text_of("%d", (int)getpid()),
                         in_folder("bait"), "9", "9", NULL);
    cr_expect(ran.status == 1, "its exit status is %d", ran.status);
    for (size_t i = 0; broken[i] != NULL; i++)
        cr_expect(strstr(ran.output, broken[i]) != NULL, "it does not say \"%s\" but: %s", broken[i],
                  ran.output);
    ran = run(in_folder("warden"), "canary", "C", "1", NULL);
    cr_expect(ran.status == 1, "called wrongly it says that all is well");
}
