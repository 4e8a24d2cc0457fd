// The canary: a program that runs in the sandbox as a submission does, and tries what must not work
// there.
#define _GNU_SOURCE // prlimit, unshare
#include "canary.h"
#include "sandbox.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static bool can_open(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC, 0600);
    if (file != -1)
        close(file);
    return file != -1;
}

// Sends to a port of this machine; of a TCP port it is seen whether it answers.
static bool can_reach(int type, const char *port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)atoi(port)),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int end = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    bool connected = end != -1 && connect(end, (const struct sockaddr *)&address, sizeof address) == 0;
    bool sent = connected && send(end, "canary", 6, MSG_NOSIGNAL) != -1;
    if (end != -1)
        close(end);
    return sent && type == SOCK_STREAM;
}

// In a process namespace of its own there is nobody but the warden and us.
static bool sees_others(void)
{
    int processes = 0;
    DIR *directory = opendir("/proc");
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        processes += entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
    if (directory != NULL)
        closedir(directory);
    return processes > 2;
}

static int tell(bool broken, const char *what)
{
    if (broken)
        printf("%s\n", what);
    return broken;
}

int canary_run(int argc, char **argv)
{
    if (argc != 6)
        return tell(true, "the canary was called wrongly");
    const char level = argv[1][0];
    const pid_t pid = (pid_t)atol(argv[2]);
    const char *file = argv[3];
    struct rlimit limit;
    int broken = tell(geteuid() == 0, "it runs as root");
    broken |= tell(unshare(CLONE_NEWUSER) == 0, "it can make namespaces of its own");
    broken |= tell(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0, "it can use ptrace(2)");
    broken |= tell(!can_open("canary", O_WRONLY | O_CREAT), "it cannot write files of its own");
    unlink("canary"); // where there is no sandbox, it would stay
    if (level == SANDBOX_BOUNDED)
        return broken;
    broken |= tell(can_open(file, O_RDONLY), "it can read files of others");
    broken |= tell(can_open(file, O_WRONLY), "it can write files of others");
    broken |= tell(chmod(file, 0600) == 0, "it can change the modes of files of others");
    broken |= tell(kill(pid, 0) == 0, "it can send signals to processes outside");
    broken |= tell(prlimit(pid, RLIMIT_CORE, NULL, &limit) == 0, "it can limit processes outside");
    broken |= tell(can_reach(SOCK_STREAM, argv[4]), "it can reach the network");
    can_reach(SOCK_DGRAM, argv[5]);
    broken |= tell(level != SANDBOX_RESTRICTED && sees_others(), "it can see processes outside");
    return broken;
}
