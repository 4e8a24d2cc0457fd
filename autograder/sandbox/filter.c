// The system calls that no program of a submission needs.
#define _GNU_SOURCE // F_SETOWN_EX
#include "filter.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// Names, not numbers: a name that libseccomp or this architecture does not know is left out.
static const char *const denied[] = {
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "kcmp",
    "pidfd_getfd",
    "unshare",
    "setns",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "mount_setattr",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "fspick",
    "swapon",
    "swapoff",
    "reboot",
    "keyctl",
    "add_key",
    "request_key",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "quotactl",
    "acct",
    "syslog",
    "personality",
    "shmget",
    "shmat",
    "shmctl",
    "semget",
    "semop",
    "semctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "sched_setaffinity",
    "name_to_handle_at",
    "open_by_handle_at",
    "lookup_dcookie",
    "fanotify_init",
};

// What reaches beyond the program by other ways than files, memory and signals of its own.
static const char *const denied_to_restricted[] = {
    "mq_open", "mq_unlink", "inotify_init", "inotify_init1", "migrate_pages", "move_pages",
};

// Landlock leaves these open: they change what belongs to the user, wherever it is.
static const char *const changing_by_name[] = {
    "chmod",     "fchmodat",  "chown",    "lchown",    "fchownat",    "utime",        "utimes",
    "utimensat", "futimesat", "setxattr", "lsetxattr", "removexattr", "lremovexattr",
};

// Numbers of calls that came after libseccomp 2.5, which cannot name them: nobody has looked at what they
// reach. A C library that is told that they are missing takes older ones.
enum { FIRST_UNKNOWN_CALL = 447, LAST_UNKNOWN_CALL = 511 };

static const int denied_families[] = {AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH, AF_KEY};

static int deny(scmp_filter_ctx filter, const char *name, int error)
{
    int number = seccomp_syscall_resolve_name(name);
    return number == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), number, 0);
}

// Denies `number` where the lower 32 bits of its argument `argument`, masked, are `value`. (The upper
// ones do not count: the kernel ignores them, too.)
static int deny_if(scmp_filter_ctx filter, int number, int error, unsigned argument, uint32_t mask,
                   uint32_t value)
{
    const struct scmp_arg_cmp compare = {
        .arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(error), number, 1, &compare);
}

// Denies `number` unless its argument `argument` is `value`.
static int deny_unless(scmp_filter_ctx filter, const char *name, int error, unsigned argument,
                       uint64_t value)
{
    const struct scmp_arg_cmp compare = {.arg = argument, .op = SCMP_CMP_NE, .datum_a = value};
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(error), seccomp_syscall_resolve_name(name), 1,
                                  &compare);
}

// Nobody becomes the owner of a descriptor: the kernel would send the owner signals, in our name.
static int deny_owners(scmp_filter_ctx filter)
{
    int failed = 0;
    failed |= deny_if(filter, SCMP_SYS(fcntl), EPERM, 1, UINT32_MAX, F_SETOWN);
    failed |= deny_if(filter, SCMP_SYS(fcntl), EPERM, 1, UINT32_MAX, F_SETOWN_EX);
    failed |= deny_if(filter, SCMP_SYS(ioctl), EPERM, 1, UINT32_MAX, FIOSETOWN);
    failed |= deny_if(filter, SCMP_SYS(ioctl), EPERM, 1, UINT32_MAX, SIOCSPGRP);
    return failed;
}

// Nobody sends this process a signal, or changes how it runs.
static int deny_on_process(scmp_filter_ctx filter, pid_t pid)
{
    static const char *const calls[] = {"kill",
                                        "tkill",
                                        "tgkill",
                                        "prlimit64",
                                        "pidfd_open",
                                        "rt_sigqueueinfo",
                                        "rt_tgsigqueueinfo",
                                        "sched_setscheduler",
                                        "sched_setparam",
                                        "sched_setattr"}; // the pid is their first argument
    int failed = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        failed |=
            deny_if(filter, seccomp_syscall_resolve_name(calls[i]), EPERM, 0, UINT32_MAX, (uint32_t)pid);
    failed |= deny_if(filter, SCMP_SYS(setpriority), EPERM, 1, UINT32_MAX, (uint32_t)pid);
    pid_t group = getpgid(pid);
    if (group > 0) // 0: it lies outside our namespace
        failed |= deny_if(filter, SCMP_SYS(kill), EPERM, 0, UINT32_MAX, (uint32_t)-group);
    return failed;
}

// The warden, our parent, and its companion are out of reach, and so is everybody at once: kill(-1, ...).
static int deny_on_ours(scmp_filter_ctx filter, pid_t companion)
{
    int failed = deny_on_process(filter, getppid());
    if (companion != 0)
        failed |= deny_on_process(filter, companion);
    failed |= deny_if(filter, SCMP_SYS(kill), EPERM, 0, UINT32_MAX, (uint32_t)-1);
    return failed == 0 ? 0 : -1;
}

// Only TCP over IPv4, and only outwards. (With TCP_FASTOPEN a message would be a connect(2), too.)
static int allow_tcp(scmp_filter_ctx filter)
{
    enum { TYPE_MASK = 0xf, FAST_OPEN = 0x20000000 };
    int failed = deny_unless(filter, "socket", EACCES, 0, AF_INET);
    for (uint32_t type = 0; type <= TYPE_MASK; type++)
        if (type != SOCK_STREAM)
            failed |= deny_if(filter, SCMP_SYS(socket), EACCES, 1, TYPE_MASK, type);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) // of the protocol: 0 or TCP (6), not MPTCP or SCTP
        if ((bit & 6) == 0)
            failed |= deny_if(filter, SCMP_SYS(socket), EACCES, 2, bit, bit);
    failed |= deny_if(filter, SCMP_SYS(sendto), EACCES, 3, FAST_OPEN, FAST_OPEN);
    failed |= deny_if(filter, SCMP_SYS(sendmsg), EACCES, 2, FAST_OPEN, FAST_OPEN);
    failed |= deny_if(filter, SCMP_SYS(sendmmsg), EACCES, 3, FAST_OPEN, FAST_OPEN);
    failed |= seccomp_rule_add(filter, SCMP_ACT_NOTIFY, SCMP_SYS(connect), 0);
    return failed;
}

// A process is named by 0 if it is the caller: everybody else is none of its business.
static int deny_on_others(scmp_filter_ctx filter)
{
    static const char *const calls[] = {"prlimit64", "sched_setscheduler", "sched_setparam",
                                        "sched_setattr"};
    int failed = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        failed |= deny_unless(filter, calls[i], EPERM, 0, 0);
    failed |= deny_unless(filter, "setpriority", EPERM, 0, PRIO_PROCESS);
    failed |= deny_unless(filter, "setpriority", EPERM, 1, 0);
    failed |= deny_unless(filter, "ioprio_set", EPERM, 0, 1); // IOPRIO_WHO_PROCESS
    failed |= deny_unless(filter, "ioprio_set", EPERM, 1, 0);
    return failed;
}

static int restrict_more(scmp_filter_ctx filter, const struct filter *what)
{
    int failed = deny_on_others(filter);
    for (size_t i = 0; i < sizeof denied_to_restricted / sizeof *denied_to_restricted; i++)
        failed |= deny(filter, denied_to_restricted[i], EPERM);
    for (size_t i = 0; !what->alone && i < sizeof changing_by_name / sizeof *changing_by_name; i++)
        failed |= deny(filter, changing_by_name[i], EPERM);
    for (int number = FIRST_UNKNOWN_CALL; number <= LAST_UNKNOWN_CALL; number++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), number, 0);
    failed |= deny(filter, "bind", EACCES);
    failed |= deny(filter, "listen", EACCES);
    if (what->companion != 0)
        return failed | allow_tcp(filter);
    return failed | deny(filter, "socket", EACCES) | deny(filter, "connect", EACCES);
}

static int add_rules(scmp_filter_ctx filter, const struct filter *what)
{
    const uint32_t namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    int failed = 0;
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
        failed |= deny(filter, denied[i], EPERM);
    if (!what->traceable)
        failed |= deny(filter, "ptrace", EPERM);
    failed |=
        deny(filter, "clone3", ENOSYS); // its flags lie in memory, out of reach; libc uses clone then
    for (uint32_t flag = 1; flag != 0; flag <<= 1)
        if (namespaces & flag)
            failed |= deny_if(filter, SCMP_SYS(clone), EPERM, 0, flag, flag);
    for (size_t i = 0; !what->restricted && i < sizeof denied_families / sizeof *denied_families; i++)
        failed |=
            deny_if(filter, SCMP_SYS(socket), EAFNOSUPPORT, 0, UINT32_MAX, (uint32_t)denied_families[i]);
    failed |= deny_if(filter, SCMP_SYS(ioctl), EPERM, 1, UINT32_MAX, TIOCSTI);
    failed |= deny_owners(filter);
    if (what->restricted)
        failed |= restrict_more(filter, what);
    return failed == 0 ? deny_on_ours(filter, what->companion) : -1;
}

int filter_install(const struct filter *what, int *connections)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    *connections = -1;
    if (filter == NULL) {
        errno = ENOMEM;
        return -1;
    }
    seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    int error = add_rules(filter, what) == -1 ? EINVAL : -seccomp_load(filter);
    if (error == 0 && what->restricted && what->companion != 0)
        *connections = seccomp_notify_fd(filter);
    seccomp_release(filter);
    errno = error;
    return error == 0 ? 0 : -1;
}
