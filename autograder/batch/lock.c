// One batch at a time on a gradebook's folder.
//
// There are two locks on one file. A record lock (fcntl(2)) belongs to the process: it is free as soon as
// its batch has ended, however. A lock of the open file (flock(2)) is inherited by what is forked: it is
// free when the last worker of that batch has ended, which is soon after, for they are killed with it.
#include "lock.h"
#include "../grade/die.h"
#include "../grade/workbook.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

void lock_folder(const char *folder)
{
    char path[WORKBOOK_PATH_SIZE];
    struct flock record = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (snprintf(path, sizeof path, "%s/.lock", folder) >= (int)sizeof path)
        die("the path of %s is too long", folder);
    int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600); // stays open
    if (file == -1)
        die("cannot open %s: %s", path, strerror(errno));
    if (fcntl(file, F_SETLK, &record) == -1) {
        if (errno != EAGAIN && errno != EACCES)
            die("cannot lock %s: %s", path, strerror(errno));
        if (fcntl(file, F_GETLK, &record) == 0 && record.l_type != F_UNLCK)
            die("another batch is at work on %s: process %d. Wait for its end.", folder,
                (int)record.l_pid);
        die("another batch is at work on %s. Wait for its end.", folder);
    }
    while (flock(file, LOCK_EX) == -1)
        if (errno != EINTR)
            die("cannot lock %s: %s", path, strerror(errno));
}
