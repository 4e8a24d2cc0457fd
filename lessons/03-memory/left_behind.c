// A program is killed. Its memory goes; the name in /dev/shm stays.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// Returns the number behind the name in /dev/shm, or NULL.
static int *map_name(const char *name, int flags)
{
    int *number = MAP_FAILED;
    int object = shm_open(name, O_RDWR | flags, 0600);
    if (object == -1)
        return NULL;
    if (ftruncate(object, sizeof *number) == 0)
        number = mmap(NULL, sizeof *number, PROT_READ | PROT_WRITE,
                      MAP_SHARED, object, 0);
    close(object); // the mapping stays
    return number == MAP_FAILED ? NULL : number;
}

int main(void)
{
    char name[40]; // with our process id, so that it is nobody else's
    snprintf(name, sizeof name, "/left_behind-%d", (int)getpid());
    // [region killed]
    pid_t pid = fork();
    if (pid == 0) {
        int *number = map_name(name, O_CREAT | O_EXCL);
        if (number == NULL)
            _exit(EXIT_FAILURE);
        *number = 42;
        raise(SIGKILL); // whatever it wanted to tidy up, it does not
    }
    // [endregion killed]
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1) {
        perror("child");
        return EXIT_FAILURE;
    }
    // [region look]
    int *number = map_name(name, 0);
    if (number == NULL) {
        perror(name);
        return EXIT_FAILURE;
    }
    printf("/dev/shm%s is still there, and says %d\n", name, *number);
    if (shm_unlink(name) == -1) { // or it stays until the next boot
        perror(name);
        return EXIT_FAILURE;
    }
    int gone = shm_open(name, O_RDWR, 0);
    printf("unlinked: shm_open gives %d, the mapping says %d\n", gone,
           *number);
    // [endregion look]
    return WIFSIGNALED(status) && gone == -1 && *number == 42
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
