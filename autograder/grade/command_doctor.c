// Says what is installed, and what the sandbox can do here.
#include "build.h"
#include "commands.h"
#include "cpus.h"
#include "die.h"
#include "workbook.h"
#include <stdio.h>
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

static void show_level(const struct ground *ground, const char *why)
{
    if (ground->level == SANDBOX_ISOLATED) {
        printf("Sandbox: level A, isolated (bubblewrap). A submission has no network, sees no files of "
               "yours,\n"
               "and no process of it survives. Good for the code of people you do not know.\n");
        return;
    }
    printf(
        "Sandbox: level C, bounded. Limits hold and no process is left, but a submission can read and\n"
        "write what your user can. Good for your own code only.\n"
        "Level A does not work here: %s\n",
        why);
    printf("  bwrap missing?                  sudo apt-get install bubblewrap\n"
           "  Ubuntu 24.04 says \"permission\"?  its AppArmor forbids user namespaces: see "
           "bwrap-userns-restrict in\n"
           "                                  the package apparmor-profiles\n"
           "  in a container?                 it has to allow user namespaces (docker: --security-opt "
           "seccomp=unconfined)\n");
}

int command_doctor(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    char why[256], cpus_why[128];
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
    ground_make(&ground, '\0', why);
    show_level(&ground, why);
    ground_remove(&ground);
    return 0;
}
