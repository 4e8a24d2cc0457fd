// Shuts a process in by Landlock. There is no library for it, and the C library's headers may be older
// than the kernel, so what came later is defined here.
#define _GNU_SOURCE // O_PATH
#include "landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_VERSION ((1ULL << 13) - 1) // all rights on files that version 1 knows
#define REFER         (1ULL << 13)
#define TRUNCATE      (1ULL << 14)
#define IOCTL_DEVICE  (1ULL << 15)
#define BIND_TCP      (1ULL << 0)
#define CONNECT_TCP   (1ULL << 1)
#define ABSTRACT_UNIX (1ULL << 0)
#define SIGNALS       (1ULL << 1)

// As the kernel has it now; an older one takes a longer structure if what it does not know is zero.
struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scoped;
};

static const uint64_t read_file = LANDLOCK_ACCESS_FS_READ_FILE;
static const uint64_t write_file = LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE;
static const uint64_t look = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t run =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t own =
    (FIRST_VERSION & ~(uint64_t)(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                                 LANDLOCK_ACCESS_FS_MAKE_SOCK)) |
    REFER | TRUNCATE;
static const uint64_t name = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                             LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                             LANDLOCK_ACCESS_FS_REMOVE_FILE | TRUNCATE;
static const uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                 LANDLOCK_ACCESS_FS_READ_FILE | TRUNCATE | IOCTL_DEVICE;

int landlock_version(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, (unsigned)LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

// What this version can forbid: all that it knows.
static struct ruleset everything(int version)
{
    struct ruleset ruleset = {.files = FIRST_VERSION};
    if (version >= 2)
        ruleset.files |= REFER; // version 1 forbids it always
    if (version >= 3)
        ruleset.files |= TRUNCATE;
    if (version >= 4)
        ruleset.network = BIND_TCP | CONNECT_TCP;
    if (version >= 5)
        ruleset.files |= IOCTL_DEVICE;
    if (version >= LANDLOCK_HOLDS_SIGNALS)
        ruleset.scoped = ABSTRACT_UNIX | SIGNALS;
    return ruleset;
}

// Allows `rights` on what lies at `path` and below it. What is not there needs no rule.
static int allow(int rules, const struct ruleset *known, const char *path, uint64_t rights)
{
    struct stat status;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place == -1)
        return errno == ENOENT ? 0 : -1;
    int failed = fstat(place, &status);
    rights &= known->files;
    if (failed == 0 && !S_ISDIR(status.st_mode))
        rights &= of_files;
    const struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = place};
    if (failed == 0)
        failed = (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int error = errno;
    close(place);
    errno = error;
    return failed;
}

static int allow_the_system(int rules, const struct ruleset *known)
{
    const struct {
        const char *path;
        uint64_t rights;
    } places[] = {
        {"/usr", run},
        {"/bin", run}, // these are links into /usr, or were once folders of their own
        {"/lib", run},
        {"/lib32", run},
        {"/lib64", run},
        {"/etc/ld.so.cache", read_file},
        {"/proc", look}, // a process of ours has another folder there for each of its children
        {"/dev/null", read_file | write_file},
        {"/dev/zero", read_file | write_file},
        {"/dev/full", read_file | write_file},
        {"/dev/random", read_file},
        {"/dev/urandom", read_file},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (allow(rules, known, places[i].path, places[i].rights) == -1)
            return -1;
    return 0;
}

int landlock_confine(const char *kit, const char *work, bool shared)
{
    int version = landlock_version();
    if (version == 0)
        return -1;
    const struct ruleset known = everything(version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &known, sizeof known, 0);
    if (rules == -1)
        return -1;
    int failed = allow_the_system(rules, &known);
    if (failed == 0)
        failed = allow(rules, &known, kit, run);
    if (failed == 0)
        failed = allow(rules, &known, work, own);
    if (failed == 0 && shared)
        failed = allow(rules, &known, "/dev/shm", name);
    if (failed == 0)
        failed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (failed == 0)
        failed = (int)syscall(SYS_landlock_restrict_self, rules, 0);
    int error = errno;
    close(rules);
    errno = error;
    return failed;
}
