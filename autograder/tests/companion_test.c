// A companion in the sandbox: a trusted program that runs beside that of a submission.
#include "refusing.h"
#include "sandbox_support.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

TestSuite(companion, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

// Says when it is ready, works until it is told to end, and says what it has seen.
static const char usual[] = "#!/bin/sh\n"
                            "trap 'echo ended; exit' TERM\n"
                            "echo \"address $1\"\n"
                            "while :; do :; done\n";

static struct sandbox_job accompanied(const char *script, const char *companion)
{
    static char path[PATH_MAX];
    struct sandbox_job job = job_of(script);
    snprintf(path, sizeof path, "%s", in_folder("companion"));
    write_text(path, companion);
    cr_assert_eq(chmod(path, 0755), 0);
    job.companion = path;
    return job;
}

AT_EVERY_LEVEL(companion, the_program_finds_its_first_line)
{
    struct sandbox_job job = accompanied("echo \"$COMPANION\"", usual);
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 0);
    expect_output(outcome, "address --companion\n");
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, what_it_tells_at_the_end_comes_back)
{
    struct sandbox_job job = accompanied(":", usual);
    cr_expect_str_eq(outcome_of(level, &job)->companion, "ended\n");
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, without_one_the_program_finds_none)
{
    const struct outcome *outcome = shell(level, "echo \"${COMPANION-none}\"");
    expect_output(outcome, "none\n");
    cr_expect_eq(outcome->companion_size, 0);
}

AT_EVERY_LEVEL(companion, is_not_counted_among_the_processes)
{
    struct sandbox_job job = accompanied(":", usual);
    const struct outcome *outcome = outcome_of(level, &job);
    expect_exit(outcome, 0);
    cr_expect_eq(outcome->report.left_running, 0, "the companion was taken for a process that was left");
    cr_expect_leq(outcome->report.most_processes, 1);
}

AT_EVERY_LEVEL(companion, work_of_its_own_keeps_no_stuck_program_alive)
{
    struct sandbox_job job = accompanied("sleep 1000", usual);
    expect_limit(outcome_of(level, &job), LIMIT_STALL);
    expect_nothing_left();
}

AT_EVERY_LEVEL(companion, survives_the_program_that_is_ended)
{
    struct sandbox_job job = accompanied("while :; do :; done", usual);
    job.limits.time_ms = 300;
    const struct outcome *outcome = outcome_of(level, &job);
    expect_limit(outcome, LIMIT_TIME);
    cr_expect_str_eq(outcome->companion, "ended\n");
    expect_nothing_left();
}

// At level C there is no namespace: there it would find companions of other tests.
Test(companion, no_signal_of_the_program_reaches_it)
{
    require_level(SANDBOX_ISOLATED);
    struct sandbox_job job = accompanied(
        "for entry in /proc/[0-9]*; do\n"
        "  tr '\\0' ' ' <$entry/cmdline 2>/dev/null | grep -q '[/]companion --companion' || continue\n"
        "  echo found\n"
        "  kill -9 ${entry#/proc/} 2>/dev/null && echo killed\n"
        "  kill -9 -- -${entry#/proc/} 2>/dev/null && echo killed the group\n"
        "done\n"
        "kill -9 -1 2>/dev/null && echo killed all\n"
        "echo done",
        usual);
    const struct outcome *outcome = outcome_of(SANDBOX_ISOLATED, &job);
    expect_output(outcome, "found\ndone\n");
    cr_expect_str_eq(outcome->companion, "ended\n", "it did not live until the end: \"%s\"",
                     outcome->companion);
}

AT_EVERY_LEVEL(companion, that_does_not_get_ready_is_a_fault_of_the_sandbox)
{
    struct sandbox_job job = accompanied(":", "#!/bin/sh\nexit 3\n");
    struct outcome outcome;
    sandbox_run(level, &job, &outcome);
    cr_expect_neq(outcome.fault[0], '\0', "the run was not refused");
    outcome_free(&outcome);
    expect_nothing_left();
}

// Serves whoever connects, and tells its address as the gallery does.
static const char server[] =
    "#!/usr/bin/perl\n"
    "use Socket; $| = 1;\n"
    "socket(S, PF_INET, SOCK_STREAM, 0) and bind(S, sockaddr_in(0, INADDR_LOOPBACK)) and listen(S, 8) or "
    "die;\n"
    "my ($port) = sockaddr_in(getsockname(S));\n"
    "$SIG{TERM} = sub { print \"served $served\\n\"; exit };\n"
    "print \"http://127.0.0.1:$port/\\n\";\n"
    "while (accept(C, S)) { $served++; syswrite(C, \"welcome\\n\"); close(C) }\n";

// Connects to the address $COMPANION, its port changed by the first argument, on a socket that waits or,
// if there is a second one, does not, in a thread of its own.
static const char client[] =
    "#define _GNU_SOURCE\n"
    "#include <arpa/inet.h>\n#include <errno.h>\n#include <netinet/in.h>\n#include <poll.h>\n"
    "#include <pthread.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
    "#include <sys/socket.h>\n#include <unistd.h>\n"
    "static char **words;\n"
    "static void *talk(void *unused)\n"
    "{\n"
    "    int port = atoi(strrchr(getenv(\"COMPANION\"), ':') + 1) + atoi(words[1]);\n"
    "    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};\n"
    "    inet_pton(AF_INET, words[2], &address.sin_addr);\n"
    "    int end = socket(AF_INET, SOCK_STREAM | (words[3] ? SOCK_NONBLOCK : 0), 0);\n"
    "    char text[64] = \"\";\n"
    "    if (connect(end, (void *)&address, sizeof address) == -1 && errno != EINPROGRESS)\n"
    "        return perror(\"connect\"), unused;\n"
    "    poll(&(struct pollfd){.fd = end, .events = POLLIN}, 1, -1);\n"
    "    read(end, text, sizeof text - 1);\n"
    "    return fputs(text, stdout), unused;\n"
    "}\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    pthread_t thread;\n"
    "    words = argv;\n"
    "    pthread_create(&thread, NULL, talk, NULL);\n"
    "    pthread_join(thread, NULL);\n"
    "}\n";

static struct sandbox_job served(const char *script)
{
    write_text(in_folder("client.c"), client);
    struct ran built =
        run("gcc", "-pthread", "-w", "-o", in_folder("kit/client"), in_folder("client.c"), NULL);
    cr_assert_eq(built.status, 0, "gcc: %s", built.errors);
    return accompanied(script, server);
}

AT_EVERY_LEVEL(companion, it_is_reached_from_any_process_and_thread)
{
    struct sandbox_job job =
        served("$KIT/client 0 127.0.0.1; $KIT/client 0 127.0.0.1 nonblocking & wait; "
               "(exec $KIT/client 0 127.0.0.1)");
    const struct outcome *outcome = outcome_of(level, &job);
    expect_output(outcome, "welcome\nwelcome\nwelcome\n");
    cr_expect_str_eq(outcome->companion, "served 3\n");
    expect_nothing_left();
}

// There the connector cannot take the program's own socket.
Test(companion, restricted_it_is_reached_in_a_container_that_refuses_much)
{
    require_level(SANDBOX_RESTRICTED);
    struct sandbox_job job =
        served("$KIT/client 0 127.0.0.1; $KIT/client 0 127.0.0.1 nonblocking; $KIT/client 1 127.0.0.1");
    refuse_namespaces(0);
    const struct outcome *outcome = outcome_of(SANDBOX_RESTRICTED, &job);
    expect_output(outcome, "welcome\nwelcome\nconnect: Permission denied\n");
    cr_expect_str_eq(outcome->companion, "served 2\n");
}

// At level A another port is refused by nobody listening there, at level B by us.
Test(companion, restricted_nobody_else_is_reached)
{
    require_level(SANDBOX_RESTRICTED);
    struct sandbox_job job = served("$KIT/client 1 127.0.0.1; $KIT/client 0 127.0.0.2; $KIT/client 0 "
                                    "192.0.2.1; $KIT/client 0 0.0.0.0");
    const struct outcome *outcome = outcome_of(SANDBOX_RESTRICTED, &job);
    expect_output(outcome,
                  "connect: Permission denied\nconnect: Permission denied\nconnect: Permission denied\n"
                  "connect: Permission denied\n");
    cr_expect_str_eq(outcome->companion, "served \n");
}

Test(companion, restricted_there_is_no_other_way_out_than_tcp)
{
    require_level(SANDBOX_RESTRICTED);
    struct sandbox_job job = accompanied(
        "for socket in 'PF_INET, SOCK_DGRAM, 0' 'PF_INET, SOCK_STREAM, 262' 'PF_INET6, SOCK_STREAM, 0' "
        "'PF_UNIX, SOCK_STREAM, 0' 'PF_INET, SOCK_RAW, 1'; do "
        "perl -MSocket -e \"socket(S, $socket) and print 'open'\"; done; "
        "perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0) and print \"tcp \"; "
        "my ($port) = $ENV{COMPANION} =~ /:(\\d+)/; "
        "send(S, \"x\", 0x20000000, sockaddr_in($port, INADDR_LOOPBACK)) and print \"fast \"; "
        "bind(S, sockaddr_in(0, INADDR_LOOPBACK)) and print \"bound \"; listen(S, 1) and print "
        "\"listens\"'",
        server);
    expect_output(outcome_of(SANDBOX_RESTRICTED, &job), "tcp ");
}
