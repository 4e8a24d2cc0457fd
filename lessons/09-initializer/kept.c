// What a new process, and then a new program in it, keeps of the signals
// that its parent has set up.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// [region set_up]
static void handle(int number)
{
    (void)number;
}

static void set_up(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    signal(SIGTERM, handle);
    signal(SIGINT, SIG_IGN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}
// [endregion set_up]

static const char *action(int number)
{
    struct sigaction now;
    if (sigaction(number, NULL, &now) == -1)
        exit(EXIT_FAILURE);
    return now.sa_handler == SIG_DFL   ? "default"
           : now.sa_handler == SIG_IGN ? "ignored"
                                       : "handler";
}

static int report(const char *who)
{
    sigset_t mask;
    int death = 0;
    if (sigprocmask(SIG_BLOCK, NULL, &mask) == -1 ||
        prctl(PR_GET_PDEATHSIG, &death) == -1)
        return EXIT_FAILURE;
    printf("%-10s  %-8s %-8s %-8s %s\n", who, action(SIGTERM),
           action(SIGINT), sigismember(&mask, SIGUSR1) ? "blocked" : "-",
           death == 0 ? "none" : "SIGKILL");
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int count, char **words)
{
    if (count == 2)
        return report(words[1]);
    printf("            SIGTERM  SIGINT   SIGUSR1  at parent's end\n");
    set_up();
    if (report("set up") != EXIT_SUCCESS)
        return EXIT_FAILURE;
    for (int i = 0; i < 2; i++) {
        pid_t pid = fork();
        if (pid == 0 && i == 0)
            _exit(report("fork"));
        if (pid == 0) {
            set_up(); // again, for what the fork has not kept
            execl("/proc/self/exe", "kept", "exec", (char *)NULL);
        }
        int status;
        if (pid < 1 || waitpid(pid, &status, 0) == -1 || status != 0)
            _exit(EXIT_FAILURE);
    }
    return EXIT_SUCCESS;
}
