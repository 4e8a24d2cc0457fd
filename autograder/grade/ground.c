// Where and how submissions are run.
#include "ground.h"
#include "../sandbox/program.h"
#include "../sandbox/scratch.h"
#include "die.h"
#include "workbook.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ground_copy(const char *from, const char *to)
{
    char *const command[] = {"cp", "-rL", "--", (char *)from, (char *)to, NULL};
    char *const open_up[] = {"chmod", "-R", "a+rX", "--", (char *)to, NULL};
    if (program_run(command) == -1 || program_run(open_up) == -1)
        die("cannot copy %s to %s", from, to);
}

static void furnish(struct ground *ground)
{
    char from[WORKBOOK_PATH_SIZE], to[512];
    umask(022);
    if (scratch_make(ground->scratch) == -1)
        die("cannot make a temporary directory: %s", strerror(errno));
    snprintf(to, sizeof to, "%s/warden", ground->scratch);
    ground_copy(workbook_path(from, "build/warden"), to);
    snprintf(to, sizeof to, "%s/reference", ground->scratch);
    ground_copy(workbook_path(from, "build/reference"), to);
}

void ground_make(struct ground *ground, char letter)
{
    char warden[512];
    furnish(ground);
    snprintf(warden, sizeof warden, "%s/warden", ground->scratch);
    if (letter == '\0')
        ground->holds = sandbox_best_level(warden, &ground->level, ground->level_reason);
    else
        ground->holds = sandbox_holds(letter, warden, &ground->level, ground->level_reason);
}

void ground_make_at(struct ground *ground, enum sandbox_level level)
{
    furnish(ground);
    ground->level = level;
    ground->holds = true;
    ground->level_reason[0] = '\0';
}

bool ground_suffices(const struct ground *ground, char required, char *refusal)
{
    char letter = sandbox_letter(ground->level);
    if (!ground->holds)
        snprintf(refusal, GROUND_REFUSAL_SIZE, "the sandbox does not hold at level %c here: %s", letter,
                 ground->level_reason);
    else if (required != '\0' && letter > required)
        snprintf(refusal, GROUND_REFUSAL_SIZE,
                 "sandbox level %c is required, but this would be level %c: %s", required, letter,
                 ground->level_reason[0] != '\0' ? ground->level_reason : "it was asked for");
    else
        return true;
    return false;
}

bool ground_must_be_alone(enum sandbox_level level)
{
    return sandbox_letter(level) != SANDBOX_ISOLATED && geteuid() != 0;
}

void ground_note_socket(const struct ground *ground, const char *path)
{
    char list[512];
    snprintf(list, sizeof list, "%s/sockets", ground->scratch);
    FILE *file = fopen(list, "ae");
    if (file == NULL || fprintf(file, "%s\n", path) < 0 || fclose(file) != 0)
        die("cannot write %s: %s", list, strerror(errno));
}

static void remove_sockets(const struct ground *ground)
{
    char list[512], path[256];
    struct stat status;
    snprintf(list, sizeof list, "%s/sockets", ground->scratch);
    FILE *file = fopen(list, "re");
    while (file != NULL && fgets(path, sizeof path, file) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode))
            unlink(path);
    }
    if (file != NULL)
        fclose(file);
}

void ground_remove(const struct ground *ground)
{
    remove_sockets(ground);
    if (scratch_remove(ground->scratch) == -1)
        fprintf(stderr, "grade: cannot remove %s\n", ground->scratch);
}
