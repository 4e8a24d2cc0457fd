// Stands in for the calls that give shared memory and semaphores a name (shm_overview(7),
// sem_overview(7)). They have one folder on the whole machine, /dev/shm. Where the sandbox cannot give a
// program a folder of its own in that place, and no user id of its own either, it keeps it out of there
// and names another folder in the environment.
#include "faulty.h"
#include "named.h"
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Called by the module in place of the C library's functions: see calls.txt.
int faulty_shm_open(const char *name, int flags, mode_t mode);
int faulty_shm_unlink(const char *name);
sem_t *faulty_sem_open(const char *name, int flags, ...);
int faulty_sem_close(sem_t *semaphore);
int faulty_sem_unlink(const char *name);

enum { PATH_SIZE = 512 };

static const char *folder(void)
{
    return getenv(NAMED_FOLDER);
}

// Where the thing with this name lies. Returns false with errno EINVAL, as the C library does, if it is
// no name.
static bool locate(const char *kind, const char *name, char path[PATH_SIZE])
{
    name += name[0] == '/';
    bool good = name[0] != '\0' && strchr(name, '/') == NULL &&
                snprintf(path, PATH_SIZE, "%s/%s.%s", folder(), kind, name) < PATH_SIZE;
    if (!good)
        errno = EINVAL;
    return good;
}

int faulty_shm_open(const char *name, int flags, mode_t mode)
{
    char path[PATH_SIZE];
    if (folder() == NULL)
        return shm_open(name, flags, mode);
    return locate("shm", name, path) ? open(path, flags | O_NOFOLLOW | O_CLOEXEC, mode) : -1;
}

int faulty_shm_unlink(const char *name)
{
    char path[PATH_SIZE];
    if (folder() == NULL)
        return shm_unlink(name);
    return locate("shm", name, path) ? unlink(path) : -1;
}

static sem_t *map(int file)
{
    void *memory =
        file == -1 ? MAP_FAILED : mmap(NULL, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return memory == MAP_FAILED ? SEM_FAILED : memory;
}

// A semaphore gets its name when it is ready, so that nobody opens one that is not.
static int make_semaphore(const char *path, mode_t mode, unsigned value)
{
    char unready[PATH_SIZE + 8];
    snprintf(unready, sizeof unready, "%s.XXXXXX", path);
    int file = mkstemp(unready);
    if (file == -1)
        return -1;
    sem_t *semaphore = ftruncate(file, sizeof *semaphore) == 0 ? map(file) : SEM_FAILED;
    int failed = semaphore == SEM_FAILED ? -1 : sem_init(semaphore, 1, value);
    if (failed == 0)
        failed = fchmod(file, mode) == 0 ? link(unready, path) : -1;
    int error = errno;
    unlink(unready);
    if (semaphore != SEM_FAILED)
        munmap(semaphore, sizeof *semaphore);
    close(file);
    errno = error;
    return failed;
}

// (Whoever opens the same one twice gets it at two addresses.)
static sem_t *open_semaphore(const char *path)
{
    int file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    sem_t *semaphore = map(file);
    int error = errno;
    if (file != -1)
        close(file);
    errno = error;
    return semaphore;
}

sem_t *faulty_sem_open(const char *name, int flags, ...)
{
    char path[PATH_SIZE];
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    unsigned value = (flags & O_CREAT) != 0 ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    if (folder() == NULL)
        return sem_open(name, flags, mode, value);
    if (!locate("sem", name, path))
        return SEM_FAILED;
    if ((flags & O_CREAT) != 0 && make_semaphore(path, mode, value) == -1 &&
        (errno != EEXIST || (flags & O_EXCL) != 0))
        return SEM_FAILED;
    return open_semaphore(path);
}

int faulty_sem_close(sem_t *semaphore)
{
    return folder() == NULL ? sem_close(semaphore) : munmap(semaphore, sizeof *semaphore);
}

int faulty_sem_unlink(const char *name)
{
    char path[PATH_SIZE];
    if (folder() == NULL)
        return sem_unlink(name);
    return locate("sem", name, path) ? unlink(path) : -1;
}
