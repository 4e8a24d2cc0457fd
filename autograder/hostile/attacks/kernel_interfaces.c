// Asks for interfaces of the kernel that no module needs and that have had many holes.
// levels: A B C
// points: 0
// brings: attack
// says: bpf: Operation not permitted
// says: io_uring: Operation not permitted
// says: userfaultfd: Operation not permitted
// says: perf: Operation not permitted
// says: keys: Operation not permitted
//
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    if (syscall(SYS_bpf, 0, NULL, 0) == -1)
        perror("bpf");
    if (syscall(SYS_io_uring_setup, 1, NULL) == -1)
        perror("io_uring");
    if (syscall(SYS_userfaultfd, 0) == -1)
        perror("userfaultfd");
    if (syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) == -1)
        perror("perf");
    if (syscall(SYS_keyctl, 0, 0, 0, 0, 0) == -1)
        perror("keys");
}
