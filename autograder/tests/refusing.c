// A kernel and a bubblewrap that refuse what the better levels of the sandbox need.
#define _GNU_SOURCE // CLONE_NEWUSER, unshare
#include "refusing.h"
#include "../sandbox/landlock.h"
#include "../sandbox/warden.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LANDLOCK_CREATE_RULESET = 444 };

void refuse_namespaces(int landlock)
{
    const struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 7, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_getfd, 6, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 7, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, LANDLOCK_CREATE_RULESET, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 6),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])), // (little endian)
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID, 0, 4),
        BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K,
                 landlock == 0 ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | (uint32_t)landlock),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog filter = {.len = sizeof program / sizeof *program,
                                      .filter = (struct sock_filter *)program};
    cr_assert(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0,
              "seccomp: %s", strerror(errno));
    errno = 0;
    cr_assert(unshare(CLONE_NEWUSER) == -1 && errno == EPERM, "namespaces are not refused: %s",
              strerror(errno));
    cr_assert(landlock == 0 || (landlock_version() == 0 && errno == landlock), "Landlock is not refused");
}

void put_before_bwrap(const char *script)
{
    make_folder(in_folder("bin"));
    write_text(in_folder("bin/bwrap"), text_of("#!/bin/sh\n%s\nexec /usr/bin/bwrap \"$@\"\n", script));
    cr_assert(chmod(in_folder("bin/bwrap"), 0755) == 0);
    setenv("PATH", text_of("%s:/usr/bin:/bin", in_folder("bin")), 1);
}

void count_canaries(void)
{
    write_text(in_folder("canaries"), "");
    cr_assert(chmod(in_folder("canaries"), 0666) == 0 && chmod(in_folder(""), 0755) == 0);
    put_before_bwrap(
        text_of("case \" $* \" in *\" " WARDEN_CANARY " \"*) echo >>%s ;; esac", in_folder("canaries")));
}

int canaries_counted(void)
{
    return (int)strlen(read_text(in_folder("canaries")));
}

void make_bwrap_old(void)
{
    put_before_bwrap("for word; do case $word in --size | --disable-userns) "
                     "echo \"bwrap: Unknown option $word\" >&2; exit 1 ;; esac; done");
}
