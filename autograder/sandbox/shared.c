// Named shared memory and semaphores that a program leaves behind at level C.
#define _GNU_SOURCE // setresuid
#include "shared.h"
#include "scratch.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FOLDER "/dev/shm"

static bool belongs_to(DIR *folder, const char *name, uid_t user)
{
    struct stat status;
    bool navigates = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    return !navigates && fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           status.st_uid == user;
}

bool shared_is_empty(uid_t user)
{
    bool empty = true;
    DIR *folder = geteuid() == 0 ? opendir(FOLDER) : NULL;
    if (folder == NULL)
        return false;
    for (struct dirent *entry; empty && (entry = readdir(folder)) != NULL;)
        empty = !belongs_to(folder, entry->d_name, user);
    closedir(folder);
    return empty;
}

static int remove_all(uid_t user)
{
    int failed = 0;
    DIR *folder = opendir(FOLDER);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[sizeof FOLDER + sizeof entry->d_name + 1];
        snprintf(path, sizeof path, FOLDER "/%s", entry->d_name);
        if (belongs_to(folder, entry->d_name, user) && unlink(path) == -1)
            failed |= errno == EISDIR ? scratch_remove(path) : -1;
    }
    return folder == NULL ? -1 : failed;
}

int shared_remove(uid_t user)
{
    int status;
    if (shared_is_empty(user))
        return 0;
    pid_t pid = fork();
    if (pid == 0) {
        bool dropped = setgroups(0, NULL) == 0 && setresgid(user, user, user) == 0 &&
                       setresuid(user, user, user) == 0;
        _exit(dropped && remove_all(user) == 0 ? 0 : 1);
    }
    while (pid > 0 && waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return -1;
    return pid > 0 && status == 0 ? 0 : -1;
}
