// A child that has ended, but for which nobody has waited: a zombie.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// The letter that ps(1) shows for a process, from /proc/PID/stat; 0 if
// there is none.
static char state_of(pid_t pid)
{
    char path[40], state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 0;
    fclose(file);
    return state;
}

int main(void)
{
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0)
        _exit(0);
    // [region look]
    siginfo_t info; // WNOWAIT: the status stays where it is
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == -1) {
        perror("waitid");
        return EXIT_FAILURE;
    }
    char state = state_of(pid);
    printf("the child has ended; its state is %c\n", state);
    if (state != 'Z' || kill(pid, SIGKILL) == -1 || state_of(pid) != 'Z')
        return EXIT_FAILURE;
    printf("after SIGKILL its state is still Z\n");
    if (waitpid(pid, NULL, 0) == -1 || kill(pid, 0) == 0 || errno != ESRCH)
        return EXIT_FAILURE;
    printf("after waitpid it is gone\n");
    // [endregion look]
    return EXIT_SUCCESS;
}
