// What the table of levels in autograder/README.md promises of files, network, signals and processes.
// Each attempt is first seen to work where it is not refused, so that it is a real one.
#define _GNU_SOURCE // pipe2, setresgid, setresuid
#include "../sandbox/landlock.h"
#include "sandbox_support.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(sandbox_holds, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

// A socket of this machine that others can reach, and its port.
static int open_port(int type, int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int end = socket(AF_INET, type, 0);
    cr_assert(bind(end, (struct sockaddr *)&address, size) == 0 &&
                  (type != SOCK_STREAM || listen(end, 4) == 0) &&
                  getsockname(end, (struct sockaddr *)&address, &size) == 0,
              "no port: %s", strerror(errno));
    *port = ntohs(address.sin_port);
    return end;
}

static const struct outcome *connect_to(enum sandbox_level level, int port)
{
    return shell(level, text_of("exec bash -c 'exec 5<>/dev/tcp/127.0.0.1/%d'", port));
}

AT_LEVELS_A_AND_B(sandbox_holds, no_connection_leaves_it)
{
    int port;
    open_port(SOCK_STREAM, &port);
    expect_exit(connect_to(SANDBOX_BOUNDED, port), 0);
    expect_exit(connect_to(level, port), 1);
}

AT_LEVELS_A_AND_B(sandbox_holds, no_datagram_leaves_it)
{
    int port;
    char received[8];
    int end = open_port(SOCK_DGRAM, &port);
    const char *send = text_of("bash -c 'echo x >/dev/udp/127.0.0.1/%d'; :", port);
    shell(SANDBOX_BOUNDED, send);
    cr_assert(recv(end, received, sizeof received, MSG_DONTWAIT) == 2, "recv: %s", strerror(errno));
    shell(level, send);
    cr_expect(recv(end, received, sizeof received, MSG_DONTWAIT) == -1, "a datagram has come");
}

// A path: it can be connected to wherever its folder can be entered, unless sockets are refused.
AT_LEVELS_A_AND_B(sandbox_holds, no_local_socket_is_reached)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert(strlen(in_folder("socket")) < sizeof address.sun_path);
    strcpy(address.sun_path, in_folder("socket"));
    cr_assert(bind(end, (struct sockaddr *)&address, sizeof address) == 0 && listen(end, 4) == 0 &&
                  chmod(address.sun_path, 0777) == 0,
              "no socket: %s", strerror(errno));
    const char *connect = text_of("exec perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0) or exit 1; "
                                  "connect(S, pack_sockaddr_un(\"%s\")) or exit 1'",
                                  address.sun_path);
    expect_exit(shell(SANDBOX_BOUNDED, connect), 0);
    expect_exit(shell(level, connect), 1);
}

AT_LEVELS_A_AND_B(sandbox_holds, nobody_can_connect_to_it)
{
    const char *script = "exec perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0) or exit 1; "
                         "bind(S, sockaddr_in(0, INADDR_LOOPBACK)) or exit 1; listen(S, 1) or exit 1'";
    expect_exit(shell(SANDBOX_BOUNDED, script), 0);
    if (level == SANDBOX_RESTRICTED) // at level A it listens in a network of its own
        expect_exit(shell(level, script), 1);
}

AT_LEVELS_A_AND_B(sandbox_holds, no_file_of_ours_is_read)
{
    write_text(in_folder("secret"), "secret\n");
    const char *read = text_of("cat %s || exit 1; ls %s || exit 1", in_folder("secret"), in_folder(""));
    expect_exit(shell(SANDBOX_BOUNDED, read), 0);
    expect_exit(shell(level, read), 1);
    expect_exit(shell(level, text_of("exec ls %s", in_folder(""))), 2);
    expect_exit(shell(level, "cat /etc/passwd || cat /proc/self/root/etc/passwd || exit 1"), 1);
}

AT_LEVELS_A_AND_B(sandbox_holds, no_file_of_ours_is_changed)
{
    static const char *const ways[] = {
        "echo y >%s", "echo y >>%s", "truncate -s 0 %s",       "rm -f %s",    "mv %s .",
        "ln %s .",    "chmod 0 %s",  "touch -d 1999-01-01 %s", "touch %s.new"};
    struct stat before, after;
    const char *const folder = text_of("%s", in_folder("open"));
    make_folder(folder);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const char *file = text_of("%s/file", in_folder("open"));
        write_text(file, "x");
        cr_assert(chmod(in_folder("open"), 0777) == 0 && chmod(file, 0666) == 0 &&
                  stat(file, &before) == 0);
        shell(level, text_of(ways[i], file));
        cr_assert(stat(file, &after) == 0, "\"%s\" has removed it", ways[i]);
        cr_expect(after.st_size == 1 && after.st_mode == before.st_mode && after.st_nlink == 1 &&
                      after.st_mtim.tv_sec == before.st_mtim.tv_sec,
                  "\"%s\" has changed it", ways[i]);
        cr_expect(count_names(in_folder("open")) == 1, "\"%s\" has made another", ways[i]);
    }
}

AT_LEVELS_A_AND_B(sandbox_holds, the_kit_stays_as_it_is)
{
    cr_assert(chmod(in_folder("kit"), 0777) == 0 && chmod(in_folder("kit/note"), 0666) == 0);
    const char *attack = "echo x >$KIT/note; rm -f $KIT/note; echo x >$KIT/new; chmod 0 $KIT/note; :";
    shell(level, attack);
    char *note = read_text(in_folder("kit/note"));
    cr_expect(strcmp(note, "from the kit\n") == 0, "the kit's file is now \"%s\"", note);
    cr_expect(count_names(in_folder("kit")) == 1, "there is a new file in the kit");
    free(note);
}

AT_LEVELS_A_AND_B(sandbox_holds, what_a_program_needs_is_there)
{
    expect_output(shell(level,
                        "cat /proc/self/comm; head -c 3 /dev/zero | wc -c; head -c 5 /dev/urandom | "
                        "wc -c; echo x >/dev/null; (cat /proc/self/task/*/schedstat | wc -w)"),
                  "cat\n3\n5\n3\n");
    expect_output(
        shell(level, "mkdir a b && echo moved >a/file && mv a/file b/ && ln b/file b/c && ln -s b/c d && "
                     "mkfifo e && cat d && rm -r a b d e && ls | wc -l"),
        "moved\n0\n");
}

// A run in a process of its own, beside a stranger: a process that is none of its descendants and has its
// user id, so that only the sandbox can protect it.
struct encounter {
    pid_t runner;
    pid_t stranger;
};

// Returns when it is what it shall be.
static pid_t start_stranger(uid_t user)
{
    int gate[2]; // closed by exec
    char byte;
    cr_assert(pipe2(gate, O_CLOEXEC) == 0, "pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        if (geteuid() == 0 && (setresgid(user, user, user) == -1 || setresuid(user, user, user) == -1))
            _exit(1);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // if the test fails
        execlp("sleep", "sleep", "1000", (char *)NULL);
        _exit(1);
    }
    cr_assert(pid > 0, "fork: %s", strerror(errno));
    close(gate[1]);
    cr_assert(read(gate[0], &byte, 1) == 0, "read: %s", strerror(errno));
    close(gate[0]);
    return pid;
}

// Runs the script, in which %d is the stranger's pid, to its end. The exit status is the runner's.
static struct encounter encounter(enum sandbox_level level, const char *script)
{
    int ends[2];
    struct encounter this;
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    this.runner = fork();
    if (this.runner == 0) {
        if (read(ends[0], &this.stranger, sizeof this.stranger) != sizeof this.stranger)
            _exit(100);
        char *text = strdup(script), *at = text == NULL ? NULL : strstr(text, "%d");
        cr_assert(at != NULL, "no %%d in the script");
        *at = '\0';
        const struct outcome *outcome = shell(level, text_of("%s%d%s", text, (int)this.stranger, at + 2));
        _exit(WEXITSTATUS(outcome->report.wait_status));
    }
    // Before Landlock holds signals, only that nobody else has its user id can protect others from
    // root's.
    bool apart = level == SANDBOX_RESTRICTED && landlock_version() < LANDLOCK_HOLDS_SIGNALS;
    this.stranger =
        start_stranger(61184 + (uid_t)this.runner % 4096 + apart); // as sandbox.c gives them out
    cr_assert(write(ends[1], &this.stranger, sizeof this.stranger) == sizeof this.stranger);
    close(ends[0]);
    close(ends[1]);
    return this;
}

// Returns how the stranger has ended, or 0 if it lives.
static int part(const struct encounter *this)
{
    int status = 0;
    pid_t ended = waitpid(this->stranger, &status, WNOHANG);
    if (ended == 0) {
        kill(this->stranger, SIGKILL);
        wait_for(this->stranger);
    }
    return ended == 0 ? 0 : status;
}

AT_LEVELS_A_AND_B(sandbox_holds, no_signal_leaves_it)
{
    static const char *const attacks[] = {
        "kill -KILL %d; kill -KILL -1; exit 7",
        "exec perl -e 'open(P, \"<\", \"/proc/%d\"); syscall(424, fileno(P), 9, 0, 0); exit 7'"}; // by
                                                                                                  // pidfd
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        struct encounter this = encounter(level, attacks[i]);
        cr_expect(wait_for(this.runner) == 7, "the script did not end as it should");
        cr_expect(part(&this) == 0, "a process outside was ended by \"%s\"", attacks[i]);
    }
}

Test(sandbox_holds, bounded_signals_leave_it)
{
    struct encounter this = encounter(SANDBOX_BOUNDED, "exec kill -KILL %d");
    cr_expect(wait_for(this.runner) == 0, "the attempt is none");
    cr_expect(wait_for(this.stranger) == -SIGKILL, "the attempt is none");
}

static const char *const limiting = "a=%d; prlimit --nofile=7:7 --pid $a; renice 19 $a; exit 7";

// (proc(5) tells it to everybody, prlimit(2) only to its own user.)
static bool is_limited(pid_t pid)
{
    char *limits = read_text(text_of("/proc/%d/limits", (int)pid));
    const char *line = strstr(limits, "Max open files");
    cr_assert(line != NULL, "the limits are \"%s\"", limits);
    bool limited = atol(line + strlen("Max open files")) == 7;
    free(limits);
    return limited;
}

AT_LEVELS_A_AND_B(sandbox_holds, nobody_outside_is_limited_or_slowed)
{
    struct encounter this = encounter(level, limiting);
    cr_expect(wait_for(this.runner) == 7, "the script did not end as it should");
    cr_expect(!is_limited(this.stranger), "it has limited the descriptors of a process outside");
    cr_expect(getpriority(PRIO_PROCESS, (id_t)this.stranger) < 19,
              "it has slowed down a process outside");
    part(&this);
}

Test(sandbox_holds, bounded_limits_and_slows_others)
{
    struct encounter this = encounter(SANDBOX_BOUNDED, limiting);
    cr_expect(wait_for(this.runner) == 7, "the script did not end as it should");
    cr_expect(is_limited(this.stranger) && getpriority(PRIO_PROCESS, (id_t)this.stranger) == 19,
              "the attempt is none");
    part(&this);
}

Test(sandbox_holds, isolated_show_nothing_else_in_the_root)
{
    require_level(SANDBOX_ISOLATED);
    expect_output(shell(SANDBOX_ISOLATED, "echo /*"),
                  "/bin /dev /kit /lib /lib64 /proc /tmp /usr /warden\n");
    expect_output(shell(SANDBOX_ISOLATED, "(echo x >/new) 2>/dev/null || echo refused"), "refused\n");
}

Test(sandbox_holds, isolated_show_no_process_of_ours)
{
    require_level(SANDBOX_ISOLATED);
    expect_output(shell(SANDBOX_ISOLATED, "cd /proc; for p in [0-9]*; do cat $p/comm; done"),
                  "warden\nsh\n");
}

// At level B they can be counted, but not looked into.
Test(sandbox_holds, restricted_tells_nothing_of_our_memory_and_files)
{
    static const char *const look =
        "cd /proc/%d && for n in environ maps; do head -c 1 $n >/dev/null && exit 1; done; "
        "readlink fd/0 exe cwd root && exit 1; ls cwd/ && exit 1; ls root/ && exit 1; exit 7";
    require_level(SANDBOX_RESTRICTED);
    struct encounter this = encounter(SANDBOX_RESTRICTED, look);
    cr_expect(wait_for(this.runner) == 7, "it can look into a process outside");
    part(&this);
}

// What no namespace bounds, and Landlock does not know of.
Test(sandbox_holds, restricted_refuses_what_reaches_further)
{
    static const char *const calls =
        "#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <mqueue.h>\n#include "
        "<stdio.h>\n"
        "#include <string.h>\n#include <sys/inotify.h>\n#include <sys/syscall.h>\n#include <unistd.h>\n"
        "#define TRY(call) printf(\"%s \", (errno = 0, (long)(call)) == -1 ? strerror(errno) : "
        "\"done\")\n"
        "int main(void)\n"
        "{\n"
        "    char name[32];\n"
        "    snprintf(name, sizeof name, \"/holds-%d\", (int)getpid());\n"
        "    TRY(mq_open(name, O_RDWR | O_CREAT, 0600, &(struct mq_attr){.mq_maxmsg = 1, .mq_msgsize = "
        "1}));\n"
        "    mq_unlink(name);\n"
        "    TRY(inotify_init1(0));\n"
        "    TRY(syscall(452, AT_FDCWD, \".\", 0700, 0));\n" // fchmodat2
        "}\n";
    require_level(SANDBOX_RESTRICTED);
    write_text(in_folder("calls.c"), calls);
    struct ran built = run("gcc", "-w", "-o", in_folder("kit/calls"), in_folder("calls.c"), "-lrt", NULL);
    cr_assert(built.status == 0, "gcc: %s", built.errors);
    const char *output = output_of(shell(SANDBOX_BOUNDED, "exec $KIT/calls"));
    cr_expect(strncmp(output, "done done ", 10) == 0, "the attempts are none: %s", output);
    expect_output(shell(SANDBOX_RESTRICTED, "exec $KIT/calls"),
                  "Operation not permitted Operation not permitted Function not implemented ");
}
