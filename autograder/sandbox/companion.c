// A companion: a trusted program that runs beside that of a submission.
#define _GNU_SOURCE // close_range, pipe2
#include "companion.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000 }; // for its first line, and for its end

static _Noreturn void die(const char *what)
{
    perror(what);
    exit(125);
}

static _Noreturn void become(char *path, int output)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid(); // no signal to the group of the warden or of the program reaches it
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDOUT_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    execv(path, (char *[]){path, "--companion", NULL});
    die(path);
}

// Returns how many bytes there were, 0 at the end; ends the warden if nothing comes.
static size_t read_some(int from, char *bytes, size_t size)
{
    for (;;) {
        struct pollfd look = {.fd = from, .events = POLLIN};
        int ready = poll(&look, 1, PATIENCE_MS);
        if (ready == 0)
            errno = ETIMEDOUT;
        ssize_t got = ready == 1 ? read(from, bytes, size) : -1;
        if (got >= 0)
            return (size_t)got;
        if (errno != EINTR)
            die("the companion");
    }
}

void companion_start(struct companion *companion, char *path)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1)
        die("pipe2");
    companion->pid = fork();
    if (companion->pid == -1)
        die("fork");
    if (companion->pid == 0)
        become(path, ends[1]);
    close(ends[1]);
    companion->output = ends[0];
    size_t length = 0;
    while (length + 1 < sizeof companion->line && read_some(ends[0], &companion->line[length], 1) == 1 &&
           companion->line[length] != '\n')
        length++;
    if (companion->line[length] != '\n') {
        errno = EPROTO;
        die("the companion");
    }
    companion->line[length] = '\0';
}

void companion_stop(struct companion *companion, int to)
{
    char bytes[4096];
    if (companion->pid == 0)
        return;
    kill(companion->pid, SIGTERM);
    for (size_t size; (size = read_some(companion->output, bytes, sizeof bytes)) > 0;)
        for (size_t written = 0; written < size;) {
            ssize_t part = write(to, bytes + written, size - written);
            if (part == -1 && errno == EPIPE)
                part = (ssize_t)(size - written); // nobody reads it any more: the launcher has ended
            if (part == -1 && errno != EINTR)
                die("the companion's report");
            written += part > 0 ? (size_t)part : 0;
        }
    close(companion->output);
    while (waitpid(companion->pid, NULL, 0) == -1 && errno == EINTR)
        continue;
    companion->pid = 0;
}
