// Finds out what the sandbox holds here, by a canary.
#define _GNU_SOURCE // SOCK_NONBLOCK
#include "canary.h"
#include "sandbox.h"
#include "scratch.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// What the canary tries to get at.
struct bait {
    char folder[SCRATCH_PATH_SIZE];
    char file[SCRATCH_PATH_SIZE + 8];
    int tcp, udp; // sockets; -1: none
};

char sandbox_letter(enum sandbox_level level)
{
    return (char)toupper((unsigned char)level);
}

// A socket on a free port of 127.0.0.1, or -1.
static int listen_on(int type)
{
    const struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int end = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (end == -1 || (bind(end, (const struct sockaddr *)&address, sizeof address) == 0 &&
                      (type != SOCK_STREAM || listen(end, 1) == 0)))
        return end;
    close(end);
    return -1;
}

static int port_of(int end)
{
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;
    return end != -1 && getsockname(end, (struct sockaddr *)&address, &size) == 0
               ? ntohs(address.sin_port)
               : 0;
}

static int lay_out(struct bait *bait)
{
    bait->folder[0] = '\0';
    bait->tcp = listen_on(SOCK_STREAM);
    bait->udp = listen_on(SOCK_DGRAM);
    if (scratch_make(bait->folder) == -1) {
        bait->folder[0] = '\0';
        return -1;
    }
    snprintf(bait->file, sizeof bait->file, "%s/bait", bait->folder);
    int file = open(bait->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file == -1)
        return -1;
    int failed = fchmod(file, 0666); // whatever the umask says
    close(file);
    return failed;
}

static void take_away(const struct bait *bait)
{
    if (bait->tcp != -1)
        close(bait->tcp);
    if (bait->udp != -1)
        close(bait->udp);
    if (bait->folder[0] != '\0')
        scratch_remove(bait->folder);
}

static void first_line(const struct capture *output, char *why)
{
    char *text = capture_text(output);
    snprintf(why, SANDBOX_WHY_SIZE, "%.*s", text == NULL ? 0 : (int)strcspn(text, "\n"), text);
    free(text);
}

static bool judge(const struct outcome *outcome, const struct bait *bait, char *why)
{
    char received[16];
    int status = outcome->report.wait_status;
    why[0] = '\0';
    if (outcome->fault[0] != '\0')
        snprintf(why, SANDBOX_WHY_SIZE, "%s", outcome->fault);
    else if (!outcome->reported || !outcome->report.ended || !WIFEXITED(status))
        snprintf(why, SANDBOX_WHY_SIZE, "a program that only looks around did not end as it should");
    else if (WEXITSTATUS(status) != 0)
        first_line(&outcome->output, why);
    else if (bait->udp != -1 && recv(bait->udp, received, sizeof received, 0) > 0)
        snprintf(why, SANDBOX_WHY_SIZE, "it can reach the network by UDP");
    return why[0] == '\0';
}

static bool try(enum sandbox_level level, const char *warden, char *why)
{
    char directory[PATH_MAX], program[PATH_MAX], pid[16], tcp[16], udp[16];
    struct bait bait;
    struct outcome outcome;
    snprintf(directory, sizeof directory, "%s", warden);
    snprintf(program, sizeof program, "%s", warden);
    if (access(warden, X_OK) == -1) {
        snprintf(why, SANDBOX_WHY_SIZE, "the warden %.150s: %s", warden, strerror(errno));
        return false;
    }
    bool ready = lay_out(&bait) == 0;
    if (!ready)
        snprintf(why, SANDBOX_WHY_SIZE, "no temporary folder: %s", strerror(errno));
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    snprintf(tcp, sizeof tcp, "%d", port_of(bait.tcp));
    snprintf(udp, sizeof udp, "%d", port_of(bait.udp));
    char *const arguments[] = {
        WARDEN_CANARY, (char[]){sandbox_letter(level), '\0'}, pid, bait.file, tcp, udp, NULL};
    const struct sandbox_job job = {.warden = warden,
                                    .directory = dirname(directory),
                                    .program = basename(program),
                                    .arguments = arguments,
                                    .limits = limits_of_a_drive,
                                    .show = -1};
    if (ready) {
        sandbox_run(level, &job, &outcome);
        ready = judge(&outcome, &bait, why);
        outcome_free(&outcome);
    }
    take_away(&bait);
    return ready;
}

bool sandbox_holds(char letter, const char *warden, enum sandbox_level *level, char *why)
{
    char why_not[SANDBOX_WHY_SIZE];
    *level = (enum sandbox_level)letter;
    if (try(*level, warden, why))
        return true;
    if (letter != SANDBOX_ISOLATED || !try(SANDBOX_ISOLATED_BY_OLD, warden, why_not))
        return false;
    *level = SANDBOX_ISOLATED_BY_OLD;
    snprintf(why, SANDBOX_WHY_SIZE,
             "this bubblewrap is older than 0.8: what is written to files is watched, but has no bound");
    return true;
}

bool sandbox_best_level(const char *warden, enum sandbox_level *level, char *why)
{
    char reasons[SANDBOX_WHY_SIZE] = "", reason[SANDBOX_WHY_SIZE];
    for (const char *letter = "ABC"; *letter != '\0'; letter++) {
        size_t used = strlen(reasons);
        if (sandbox_holds(*letter, warden, level, reason)) {
            snprintf(why, SANDBOX_WHY_SIZE, "%s", used > 0 ? reasons : reason);
            return true;
        }
        snprintf(reasons + used, sizeof reasons - used, "%s%c: %.110s", used > 0 ? "; " : "", *letter,
                 reason);
    }
    snprintf(why, SANDBOX_WHY_SIZE, "%s", reason); // of the level that promises least
    return false;
}
