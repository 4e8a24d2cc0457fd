// Where and how submissions are run.
#define _GNU_SOURCE // SOCK_NONBLOCK
#include "ground.h"
#include "../sandbox/program.h"
#include "../sandbox/scratch.h"
#include "die.h"
#include "workbook.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

void ground_copy(const char *from, const char *to)
{
    char *const command[] = {"cp", "-rL", "--", (char *)from, (char *)to, NULL};
    char *const open_up[] = {"chmod", "-R", "a+rX", "--", (char *)to, NULL};
    if (program_run(command) == -1 || program_run(open_up) == -1)
        die("cannot copy %s to %s", from, to);
}

// The list of sockets. It lies in the run's own ground, where no program of a submission may write.
static const char *sockets_in(const char *scratch, char path[512])
{
    snprintf(path, 512, "%s/sockets", scratch);
    return path;
}

// A socket where nobody listens refuses connections: unix(7).
static bool is_deserted(const char *path)
{
    struct stat status;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (lstat(path, &status) == -1 || !S_ISSOCK(status.st_mode) || status.st_uid != geteuid() ||
        snprintf(address.sun_path, sizeof address.sun_path, "%s", path) >= (int)sizeof address.sun_path)
        return false;
    int end = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool refused = end != -1 && connect(end, (const struct sockaddr *)&address, sizeof address) == -1 &&
                   errno == ECONNREFUSED;
    if (end != -1)
        close(end);
    return refused;
}

static void remove_sockets(const char *scratch)
{
    char path[512];
    int list = open(sockets_in(scratch, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    FILE *file = list == -1 ? NULL : fdopen(list, "r");
    while (file != NULL && fgets(path, sizeof path, file) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        if (is_deserted(path))
            unlink(path);
    }
    if (file != NULL)
        fclose(file);
}

static void make_scratch(struct ground *ground)
{
    umask(022);
    if (scratch_make(ground->scratch) == -1)
        die("cannot make a temporary directory: %s", strerror(errno));
}

const char *ground_warden(const struct ground *ground, char path[GROUND_PATH_SIZE])
{
    snprintf(path, GROUND_PATH_SIZE, "%s/warden/warden", ground->scratch);
    return path;
}

static void furnish(const struct ground *ground)
{
    char from[WORKBOOK_PATH_SIZE], to[GROUND_PATH_SIZE];
    snprintf(to, sizeof to, "%s/warden", ground->scratch); // alone there: the canary may look around it
    if (mkdir(to, 0755) == -1)
        die("cannot make %s: %s", to, strerror(errno));
    ground_copy(workbook_path(from, "build/warden"), ground_warden(ground, to));
    snprintf(to, sizeof to, "%s/reference", ground->scratch);
    ground_copy(workbook_path(from, "build/reference"), to);
}

void ground_make(struct ground *ground, char letter)
{
    char warden[GROUND_PATH_SIZE];
    scratch_sweep(remove_sockets);
    make_scratch(ground);
    ground->held = scratch_hold(ground->scratch);
    setenv("TMPDIR", ground->scratch, 1);
    furnish(ground);
    ground_warden(ground, warden);
    if (letter == '\0')
        ground->holds = sandbox_best_level(warden, &ground->level, ground->level_reason);
    else
        ground->holds = sandbox_holds(letter, warden, &ground->level, ground->level_reason);
}

void ground_make_at(struct ground *ground, enum sandbox_level level)
{
    make_scratch(ground);
    ground->held = -1; // that of the run is
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

void ground_note_socket(const char *path)
{
    char list[512];
    FILE *file = fopen(sockets_in(getenv("TMPDIR"), list), "ae");
    if (file == NULL || fprintf(file, "%s\n", path) < 0 || fclose(file) != 0)
        die("cannot write %s: %s", list, strerror(errno));
}

// What is temporary lies beside the ground again, not in it.
static void move_out(const struct ground *ground)
{
    char parent[sizeof ground->scratch];
    const char *temporary = getenv("TMPDIR");
    if (temporary == NULL || strcmp(temporary, ground->scratch) != 0)
        return;
    snprintf(parent, sizeof parent, "%s", ground->scratch);
    setenv("TMPDIR", dirname(parent), 1);
}

void ground_remove(const struct ground *ground)
{
    move_out(ground);
    remove_sockets(ground->scratch);
    if (scratch_remove(ground->scratch) == -1)
        fprintf(stderr, "grade: cannot remove %s\n", ground->scratch);
    if (ground->held != -1)
        close(ground->held);
}
