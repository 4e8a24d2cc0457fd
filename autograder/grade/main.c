// build/grade: the command line.
#include "../report/report.h"
#include "commands.h"
#include "die.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"list", command_list},     {"hint", command_hint},   {"run", command_run},
    {"check", command_check},   {"batch", command_batch}, {"doctor", command_doctor},
    {"report", command_report},
};

static const char usage[] =
    "usage: grade [OPTION...] [EXERCISE...]   grade the working copy (by default the first exercise that "
    "is\n"
    "                                         not finished)\n"
    "       grade list                        the exercises and what was reached\n"
    "       grade hint [EXERCISE]             one hint more\n"
    "       grade run [--submission DIR] [--sanitize] [--library mine] EXERCISE [DRIVE "
    "[NAME=NUMBER...]]\n"
    "                                         run one drive by hand, or list them\n"
    "       grade report [--format FORMAT] [--output FILE]... RESULT.json\n"
    "                                         other reports of a result that was kept with --format "
    "json\n"
    "       grade check [EXERCISE...]         prove the exercises: stub, solution, mutants, hostile "
    "submissions\n"
    "       grade check --hostile [EXERCISE...]   every hostile submission against each exercise\n"
    "       grade batch [--exercise EXERCISE...] [--output FOLDER] [--jobs N] [--seed N]\n"
    "                   [--require-sandbox A|B|C] DIR\n"
    "                                         grade a class: each folder or archive in DIR is a "
    "submission;\n"
    "                                         marks go to FOLDER (default: DIR.graded). Exit status: 0 "
    "done,\n"
    "                                         1 something could not be graded, 2 not done\n"
    "       grade doctor                      what is installed, and what the sandbox can do\n"
    "options:\n"
    "  --submission DIR       take the files from DIR (DIR/08-pool/pool.c or DIR/pool.c)\n"
    "  --format FORMAT        the form of the report (see below); may be given several times, each "
    "followed "
    "by its\n"
    "  --output FILE|FOLDER   place (default, or -: standard output). A file tells from the start what "
    "was\n"
    "                         reached, and is replaced after each test\n"
    "  --append FILE          or: adds the report to this file, at the end\n"
    "  --exit-zero            exit status 0 also when marks were lost, for services that take another "
    "one for\n"
    "                         a failure of the grader; still 2 if it could not grade\n"
    "  --seed N               the random inputs of this run, to have the same ones again\n"
    "  --sandbox A|B|C        use this level of the sandbox\n"
    "  --require-sandbox A|B|C   refuse to grade at a lower level\n"
    "  --library mine         take the modules that an exercise uses from the same place, too, where "
    "they\n"
    "                         are written (default: solutions)\n"
    "  --sanitize             build with AddressSanitizer and UBSan: slower, and finds more\n"
    "  --brief                details of the first three failures only\n"
    "  --next                 say what to do next\n"
    "exit status: 0 full marks, 1 marks lost, 2 could not grade\n";

static void help(void)
{
    size_t count;
    const struct report_format *formats = report_formats(&count);
    fputs(usage, stdout);
    printf("formats, their file in a FOLDER, and who reads them:\n");
    for (size_t i = 0; i < count; i++)
        printf("  %-15s %-16s %s\n", formats[i].name, formats[i].file, formats[i].purpose);
}

// Some services start programs with standard descriptors closed. What is opened first must not get their
// numbers, or it is closed or written to in their place. To write there still fails, as it should.
static void take_standard_descriptors(void)
{
    int descriptor;
    do
        descriptor = open("/dev/null", O_RDONLY);
    while (descriptor != -1 && descriptor <= STDERR_FILENO);
    if (descriptor != -1)
        close(descriptor);
}

int main(int argc, char **argv)
{
    take_standard_descriptors();
    prctl(PR_SET_DUMPABLE, 0); // no other program of the same user may write into our memory
    bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0);
    if (asked || (argc > 2 && strcmp(argv[2], "--help") == 0)) { // of a command, too: it is one page
        help();
        return 0;
    }
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return command_grade(argc, argv);
}
