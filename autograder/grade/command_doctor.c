// Says what is installed, and what the sandbox can do here.
#include "advice.h"
#include "build.h"
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "workbook.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

// What dpkg knows of a package. The name comes from our own list.
static void show_package(const char *package)
{
    char command[256], version[128] = "";
    snprintf(command, sizeof command, "dpkg-query -W -f '${Version}' %s 2>/dev/null", package);
    FILE *output = popen(command, "re");
    if (output == NULL || fgets(version, sizeof version, output) == NULL)
        snprintf(version, sizeof version, "not installed");
    if (output != NULL)
        pclose(output);
    printf("  %-22s %s\n", package, version);
}

// The packages of a group in .setup/packages, with the version that is installed.
static void show_group(const char *group)
{
    char path[WORKBOOK_PATH_SIZE], line[256], package[128];
    FILE *packages = fopen(workbook_path(path, ".setup/packages/%s", group), "re");
    printf("Packages for `make%s%s`:\n", strcmp(group, "learner") == 0 ? "" : " ",
           strcmp(group, "learner") == 0 ? "" : group);
    while (packages != NULL && fgets(line, sizeof line, packages) != NULL)
        if (sscanf(line, " %127[a-z0-9.+-]", package) == 1)
            show_package(package);
    if (packages != NULL)
        fclose(packages);
}

static const char *promise_of(enum sandbox_level level, const struct signs *signs)
{
    switch (level) {
    case SANDBOX_ISOLATED:
    case SANDBOX_ISOLATED_BY_OLD:
        return "Sandbox: level A, isolated (bubblewrap). A submission has no network, sees no files and "
               "no\n"
               "processes of yours, and no process of it survives. Good for the code of people you do "
               "not "
               "know.\n";
    case SANDBOX_RESTRICTED:
        return signs->root
                   ? "Sandbox: level B, restricted (Landlock, seccomp, and a user id of its own for each "
                     "run). A\n"
                     "submission has no network, reads and writes no files of yours, and sends you no "
                     "signals;\n"
                     "it sees which processes there are. Good for the code of people you do not know.\n"
                   : "Sandbox: level B, restricted (Landlock and seccomp). A submission has no network, "
                     "reads and\n"
                     "writes no files of yours, and sends you no signals; it sees which processes there "
                     "are.\n"
                     "Good for a class that you know; for strangers grade as root, in a container, or at "
                     "level "
                     "A.\n";
    case SANDBOX_BOUNDED:
        break;
    }
    return "Sandbox: level C, bounded. Limits hold and no process is left, but a submission can read "
           "and\n"
           "write what your user can. Good for your own code only.\n";
}

static void show_level(const struct ground *ground)
{
    struct signs signs;
    signs_read(&signs, "");
    if (ground->holds)
        fputs(promise_of(ground->level, &signs), stdout);
    else
        printf("Sandbox: none works here, and nothing can be graded: %s\n", ground->level_reason);
    if (ground->holds && ground->level_reason[0] != '\0')
        printf("Why not better: %s\n", ground->level_reason);
    char *advice = advice_text(&signs, ground->level);
    if (advice == NULL)
        die("out of memory");
    fputs(advice, stdout);
    free(advice);
}

int command_doctor(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    char cpus_why[128];
    struct utsname system;
    struct ground ground = {0};
    uname(&system);
    printf("System:\n  %-12s %s %s\n", system.sysname, system.release, system.machine);
    show_group("learner");
    show_group("book");
    show_group("test");
    int cpus = cpus_usable(cpus_why);
    printf("Processors: %d usable (%s), %ld in the machine.\n", cpus, cpus_why,
           sysconf(_SC_NPROCESSORS_ONLN));
    ground_make(&ground, '\0');
    show_level(&ground);
    ground_remove(&ground);
    return 0;
}
