// A new memory object has no bytes. Mapping it works; using it does not.
#define _GNU_SOURCE // memfd_create
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Maps the object in a child that writes one number there. Returns the
// child's wait status.
static int use(int object)
{
    pid_t pid = fork();
    if (pid == 0) {
        // [region map]
        int *number = mmap(NULL, sizeof *number, PROT_READ | PROT_WRITE,
                           MAP_SHARED, object, 0);
        if (number == MAP_FAILED)
            _exit(EXIT_FAILURE);
        prctl(PR_SET_DUMPABLE, 0); // we want no core file
        *number = 42;
        _exit(0);
        // [endregion map]
    }
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1) {
        perror("child");
        exit(EXIT_FAILURE);
    }
    return status;
}

int main(void)
{
    // [region size]
    int object = memfd_create("number", MFD_CLOEXEC);
    if (object == -1) {
        perror("memfd_create");
        return EXIT_FAILURE;
    }
    int without = use(object);
    if (ftruncate(object, sizeof(int)) == -1) {
        perror("ftruncate");
        return EXIT_FAILURE;
    }
    int with = use(object);
    // [endregion size]
    int by_signal = WIFSIGNALED(without) ? WTERMSIG(without) : 0;
    printf("without ftruncate: %s\n",
           by_signal != 0 ? strsignal(by_signal) : "ended by itself");
    printf("with ftruncate: wait status %d\n", with);
    return by_signal == SIGBUS && with == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
