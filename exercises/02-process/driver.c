// Drives: small programs that use the process module the way a user would.
#include "driver.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { FOR_EVER = -1 };

// What a child needs to play its part; shared by parent and child.
struct scene {
    struct gate gate;
    struct meeting *meeting;
    int number; // the child returns it, raises it, or has seen it
    atomic_int calls;
    atomic_int seen_pid;
    atomic_int seen_number;
};

static struct scene *make_scene(int number)
{
    struct scene *scene = driver_shared(sizeof *scene);
    scene->gate = gate_make();
    scene->number = number;
    return scene;
}

static int return_number(void *argument)
{
    const struct scene *scene = argument;
    return scene->number;
}

static int raise_number(void *argument)
{
    const struct scene *scene = argument;
    raise(scene->number);
    return 0;
}

static int pass_gate(void *argument)
{
    const struct scene *scene = argument;
    gate_pass(&scene->gate);
    return scene->number;
}

static int attend_meeting(void *argument)
{
    const struct scene *scene = argument;
    meeting_attend(scene->meeting);
    return 0;
}

static int leave_marks(void *argument)
{
    struct scene *scene = argument;
    scene->seen_pid = getpid();
    scene->seen_number = scene->number;
    scene->calls++;
    return 0;
}

static int print_line(void *argument)
{
    (void)argument;
    printf("printed by the child\n");
    return 0;
}

static struct process *start(int (*function)(void *argument), struct scene *scene)
{
    struct process *process = process_create(function, scene);
    process_start(process);
    return process;
}

DRIVE(first_child, "starts one child and waits for its end, past the module")
{
    struct scene *scene = make_scene((int)driver_argument("argument", 42));
    struct process *process = process_create(leave_marks, scene);
    answer_result("create", process == NULL ? -1 : 0);
    if (process == NULL)
        return;
    answer_int("parent", getpid());
    answer_result("start", process_start(process));
    answer_int("pid", process_pid(process));
    answer_int("child_signal",
               child_wait_for_zombie(process_pid(process))); // the join is another question
    answer_int("calls", scene->calls);
    answer_int("seen_pid", scene->seen_pid);
    answer_int("seen_argument", scene->seen_number);
}

DRIVE(own_code, "a child runs its function and nothing of the code after the start")
{
    struct scene *scene = make_scene(0);
    struct process *process = start(leave_marks, scene);
    child_wait_for_zombie(process_pid(process));
    answer_int("calls", scene->calls);
}

static void print_at_exit(void)
{
    printf("the exit handler ran\n");
}

DRIVE(exit_handler, "the parent has an exit handler; a child ends")
{
    if (atexit(print_at_exit) != 0)
        driver_broken("atexit");
    struct process *process = start(return_number, make_scene(0));
    process_join(process, FOR_EVER);
    process_release(process);
}

DRIVE(meeting, "two children each wait for the other")
{
    struct process *processes[2];
    struct meeting *meeting = meeting_make(2);
    for (int i = 0; i < 2; i++) {
        struct scene *scene = make_scene(0);
        scene->meeting = meeting;
        processes[i] = start(attend_meeting, scene);
    }
    for (int i = 0; i < 2; i++)
        child_wait_for_zombie(process_pid(processes[i]));
    answer_int("arrived", meeting_arrived(meeting));
}

DRIVE(join_waits, "joins a child that cannot end before the join has begun to wait")
{
    struct scene *scene = make_scene(0);
    struct process *process = start(pass_gate, scene);
    pid_t pid = process_pid(process);
    gate_open_when_asleep(&scene->gate);
    answer_result("join", process_join(process, (int)driver_argument("timeout", FOR_EVER)));
    answer_int("reaped", child_is_reaped(pid));
    answer_int("same_pid", process_pid(process) == pid);
    gate_helper_end();
    process_release(process);
}

DRIVE(exit_status, "a child returns `status`")
{
    struct process *process = start(return_number, make_scene((int)driver_argument("status", 7)));
    answer_result("join", process_join(process, FOR_EVER));
    answer_int("exit_code", process_exit_code(process));
    process_release(process);
}

DRIVE(signal_ends_child, "a child is ended by `signal`")
{
    struct process *process = start(raise_number, make_scene((int)driver_argument("signal", SIGKILL)));
    answer_result("join", process_join(process, FOR_EVER));
    answer_int("exit_code", process_exit_code(process));
    process_release(process);
}

DRIVE(life, "asks whether a child is alive before, during and after its life")
{
    struct scene *scene = make_scene(5);
    struct process *process = process_create(pass_gate, scene);
    answer_int("pid_before", process_pid(process));
    answer_int("alive_before", process_is_alive(process));
    answer_int("code_before", process_exit_code(process));
    process_start(process);
    answer_int("alive_during", process_is_alive(process));
    answer_int("code_during", process_exit_code(process));
    gate_open(&scene->gate);
    child_wait_for_zombie(process_pid(process));
    answer_int("alive_after", process_is_alive(process)); // ended, though nobody has joined it
    answer_int("code_after", process_exit_code(process));
    answer_result("join", process_join(process, FOR_EVER));
    process_release(process);
}

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

DRIVE(timeout, "joins a child with timeouts that pass, then with one that does not")
{
    enum { SHORT_JOINS = 10, SHORT_MS = 7 };
    struct scene *scene = make_scene(0);
    struct process *process = start(pass_gate, scene);
    answer_result("look", process_join(process, 0));
    int64_t shortest_us = INT64_MAX;
    for (int i = 0; i < SHORT_JOINS; i++) {
        while (monotonic_us() % 1000 <
               i * 1000 / SHORT_JOINS) // begin at all moments of a millisecond, so
            continue;                  // that a clock that was rounded down shows
        int64_t begin = monotonic_us();
        int result = process_join(process, SHORT_MS);
        int64_t waited_us = monotonic_us() - begin;
        shortest_us = waited_us < shortest_us ? waited_us : shortest_us;
        if (i == 0)
            answer_result("short", result);
    }
    answer_int("shortest_us", shortest_us);
    answer_int("alive", process_is_alive(process));
    kill(process_pid(process), SIGSTOP); // a child that is stopped has not ended
    answer_result("stopped", process_join(process, SHORT_MS));
    kill(process_pid(process), SIGCONT);
    gate_open_when_asleep(&scene->gate);
    answer_result("long", process_join(process, 3600 * 1000)); // ends with the child, not with the hour
    gate_helper_end();
    process_release(process);
}

DRIVE(join_again, "joins the same child three times")
{
    struct process *process = start(return_number, make_scene((int)driver_argument("status", 7)));
    answer_result("first", process_join(process, FOR_EVER));
    answer_result("second", process_join(process, FOR_EVER));
    answer_result("third", process_join(process, 0));
    answer_int("exit_code", process_exit_code(process));
    faults_answer();
    process_release(process);
}

DRIVE(join_out_of_order, "two children end; the one started last is joined first")
{
    struct process *processes[2];
    for (int i = 0; i < 2; i++) {
        processes[i] = start(return_number, make_scene(11 + i));
        child_wait_for_zombie(process_pid(processes[i]));
    }
    answer_result("join_second", process_join(processes[1], FOR_EVER));
    answer_int("code_second", process_exit_code(processes[1]));
    answer_result("join_first", process_join(processes[0], FOR_EVER));
    answer_int("code_first", process_exit_code(processes[0]));
    for (int i = 0; i < 2; i++)
        process_release(processes[i]);
}

DRIVE(buffered_text, "text is in the parent's buffer when a child starts; the child prints, too")
{
    FILE *other = fdopen(STDERR_FILENO, "w"); // a stream of our own, with a buffer
    if (other == NULL || setvbuf(other, NULL, _IOFBF, BUFSIZ) != 0)
        driver_broken("fdopen");
    printf("printed before the start\n");
    fprintf(other, "written before the start\n");
    struct process *process = start(print_line, make_scene(0));
    process_join(process, FOR_EVER);
    process_release(process);
}

DRIVE(crowd, "starts `children` children that are all alive at once, and joins them")
{
    enum { MOST = 200 };
    struct process *processes[MOST];
    int wanted = (int)driver_argument("children", 100);
    int children = wanted < MOST ? wanted : MOST;
    struct scene *scene = make_scene(0);
    int failures = 0;
    int before = driver_open_descriptors();
    for (int i = 0; i < children; i++) {
        processes[i] = process_create(pass_gate, scene);
        failures += process_start(processes[i]) != 0;
    }
    gate_open(&scene->gate);
    for (int i = 0; i < children; i++)
        failures += process_join(processes[i], FOR_EVER) != 0;
    for (int i = 0; i < children; i++)
        failures += process_release(processes[i]) != 0;
    struct process *unjoined = start(return_number, scene);
    child_wait_for_zombie(process_pid(unjoined));
    answer_result("release_unjoined", process_release(unjoined)); // ended, though nobody has joined it
    answer_int("failures", failures);
    answer_int("descriptors_left", driver_open_descriptors() - before);
}

DRIVE(failed_fork, "fork fails at child number `child` of 4; that child is started again afterwards")
{
    enum { CHILDREN = 4 };
    struct process *processes[CHILDREN];
    int failing = (int)driver_argument("child", 2);
    int joined = 0;
    faults_fail(FAULTS_FORK, failing, EAGAIN);
    for (int i = 0; i < CHILDREN; i++) {
        processes[i] = process_create(return_number, make_scene(9));
        int result = process_start(processes[i]);
        if (i + 1 != failing)
            continue;
        answer_result("start", result);
        answer_int("alive", process_is_alive(processes[i]));
        answer_int("exit_code", process_exit_code(processes[i]));
        process_terminate(processes[i]);
        process_kill(processes[i]);
        answer_result("start_again", process_start(processes[i]));
    }
    for (int i = 0; i < CHILDREN; i++) {
        joined += process_join(processes[i], FOR_EVER) == 0 && process_exit_code(processes[i]) == 9;
        process_release(processes[i]);
    }
    answer_int("joined", joined);
    faults_answer();
}

DRIVE(end_children, "ends one child with terminate and one with kill, and tries again after the join")
{
    struct process *processes[2];
    for (int i = 0; i < 2; i++)
        processes[i] = start(pass_gate, make_scene(0));
    answer_result("terminate", process_terminate(processes[0]));
    answer_result("kill", process_kill(processes[1]));
    for (int i = 0; i < 2; i++)
        process_join(processes[i], FOR_EVER);
    answer_int("code_terminated", process_exit_code(processes[0]));
    answer_int("code_killed", process_exit_code(processes[1]));
    answer_result("terminate_again", process_terminate(processes[0]));
    answer_result("kill_again", process_kill(processes[1]));
    faults_answer();
    for (int i = 0; i < 2; i++)
        process_release(processes[i]);
}

DRIVE(interrupted, "signals interrupt `times` calls before each one that waits")
{
    struct scene *scene = make_scene(3);
    struct process *process = start(pass_gate, scene);
    faults_interrupt((int)driver_argument("times", 3));
    answer_result("short", process_join(process, 10));
    gate_open(&scene->gate);
    answer_result("join", process_join(process, FOR_EVER));
    answer_int("exit_code", process_exit_code(process));
    faults_interrupt(0);
    process_join(process, FOR_EVER); // if the first join gave up, this one leaves nothing behind
    faults_answer();
    process_release(process);
}

DRIVE(misuse, "makes every mistake that the header names")
{
    struct scene *scene = make_scene(4);
    answer_result("null_function", process_create(NULL, scene) == NULL ? -1 : 0);
    struct process *process = process_create(pass_gate, scene);
    answer_result("join_unstarted", process_join(process, 0));
    answer_result("terminate_unstarted", process_terminate(process));
    answer_result("kill_unstarted", process_kill(process));
    process_start(process);
    pid_t pid = process_pid(process);
    answer_result("start_twice", process_start(process));
    answer_int("same_pid", process_pid(process) == pid);
    answer_result("release_running", process_release(process));
    answer_int("alive", process_is_alive(process));
    gate_open(&scene->gate);
    answer_result("join", process_join(process, FOR_EVER));
    answer_int("exit_code", process_exit_code(process));
    answer_result("start_ended", process_start(process));
    answer_result("release", process_release(process));
    answer_result("release_null", process_release(NULL));
    faults_answer();
}

DRIVE(stolen_status, "SIGCHLD is ignored, so the kernel throws the child's status away")
{
    if (signal(SIGCHLD, SIG_IGN) == SIG_ERR)
        driver_broken("signal");
    struct process *process = start(return_number, make_scene(0));
    answer_result("join", process_join(process, FOR_EVER));
    answer_result("join_again", process_join(process, 0));
    answer_int("alive", process_is_alive(process));
    answer_int("exit_code", process_exit_code(process));
    answer_result("release", process_release(process));
}
