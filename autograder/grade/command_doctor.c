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

// The first line that a command prints, or "not found".
static void show_version(const char *name, const char *command)
{
    char line[128] = "";
    FILE *output = popen(command, "re");
    if (output == NULL || fgets(line, sizeof line, output) == NULL)
        snprintf(line, sizeof line, "not found");
    if (output != NULL)
        pclose(output);
    line[strcspn(line, "\n")] = '\0';
    printf("  %-12s %s\n", name, line);
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
    show_version("gcc", "gcc --version 2>&1");
    show_version("bwrap", "bwrap --version 2>&1");
    show_version("pandoc", "pandoc --version 2>/dev/null");
    show_version("dot", "dot -V 2>&1");
    int cpus = cpus_usable(cpus_why);
    printf("Processors: %d usable (%s), %ld in the machine.\n", cpus, cpus_why,
           sysconf(_SC_NPROCESSORS_ONLN));
    ground_make(&ground, '\0', why);
    show_level(&ground, why);
    ground_remove(&ground);
    return 0;
}
