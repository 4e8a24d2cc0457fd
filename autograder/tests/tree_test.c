// What tree.h promises: all processes below this one are seen, and ended. The children are forked here:
// none may ever return into a test, so each ends in play().
#include "../sandbox/tree.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int news[2]; // a byte from each process that is where the test wants it
static int gate[2]; // held closed by the test: nobody passes while it runs

static void open_pipes(void)
{
    cr_assert(pipe(news) == 0 && pipe(gate) == 0, "pipe: %s", strerror(errno));
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}
TestSuite(tree, .init = open_pipes, .timeout = 60);

// Tells that it is there, and waits for ever: that is, until the test ends without having ended it.
static void stay(void)
{
    char byte = 0;
    close(gate[1]);
    if (write(news[1], &byte, 1) == 1)
        while (read(gate[0], &byte, 1) != 0)
            ;
}

static pid_t play(void (*part)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // if the test fails
        part();
        _exit(0);
    }
    cr_assert(pid > 0, "fork: %s", strerror(errno));
    return pid;
}

static void await(int count)
{
    char byte;
    for (int i = 0; i < count; i++)
        cr_assert(read(news[0], &byte, 1) == 1, "the children did not get going");
}

static void have_a_child(void)
{
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        stay();
        _exit(0);
    }
    stay();
}

static void refuse_to_end(void)
{
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_IGN);
    stay();
}

static void be_stopped(void)
{
    raise(SIGSTOP);
}

// A grandchild in a session of its own, whose parent has ended.
static void be_a_daemon(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        if (fork() == 0)
            stay();
        _exit(0);
    }
    waitpid(pid, NULL, 0);
}

static void take_a_strange_name(void)
{
    prctl(PR_SET_NAME, ") Z 1 1 (");
    stay();
}

static void end_at_once(void)
{
}

// Waits, without taking the status, until the child has ended (WEXITED) or stopped (WSTOPPED).
static void wait_until(pid_t pid, int state)
{
    siginfo_t info;
    while (waitid(P_PID, (id_t)pid, &info, state | WNOWAIT) == -1)
        cr_assert(errno == EINTR, "waitid: %s", strerror(errno));
}

static struct tree look(void)
{
    struct tree tree;
    cr_assert(tree_read(&tree) == 0, "tree_read: %s", strerror(errno));
    return tree;
}

static const struct tree_process *find(const struct tree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->processes[i].pid == pid)
            return &tree->processes[i];
    cr_assert(false, "child %d is not among the %zu descendants", (int)pid, tree->count);
    return NULL;
}

static void expect_nothing_left(void)
{
    struct tree tree = look();
    cr_expect(tree.count == 0, "%zu processes are left", tree.count);
    tree_free(&tree);
    cr_expect(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "a child's status was not taken");
}

static void expect_ended(void)
{
    cr_expect(tree_end() == 0, "tree_end() gave -1 (%s), expected 0", strerror(errno));
    expect_nothing_left();
}

Test(tree, of_a_process_without_children_is_empty)
{
    expect_nothing_left();
    expect_ended();
}

Test(tree, shows_a_child_with_its_parent_and_threads)
{
    pid_t pid = play(stay);
    await(1);
    struct tree tree = look();
    const struct tree_process *child = find(&tree, pid);
    cr_expect(tree.count == 1, "it shows %zu processes, expected the one child", tree.count);
    cr_expect(child->parent == getpid(), "its parent is %d, expected %d", (int)child->parent,
              (int)getpid());
    cr_expect(child->threads == 1, "it has %ld threads, expected 1", child->threads);
    cr_expect(child->resident_kib > 0, "it uses %ld KiB of memory", child->resident_kib);
    cr_expect(tree_proportional_kib(&tree) > 0, "together they use no memory");
    cr_expect(tree_tasks_of_this_user() >= 2, "the user runs this process and its child, but %ld tasks",
              tree_tasks_of_this_user());
    tree_free(&tree);
    tree_end();
}

Test(tree, shows_a_grandchild_behind_its_parent)
{
    pid_t pid = play(have_a_child);
    await(2);
    struct tree tree = look();
    cr_assert(tree.count == 2, "it shows %zu processes, expected child and grandchild", tree.count);
    cr_expect(tree.processes[0].pid == pid, "the child does not come first");
    cr_expect(tree.processes[1].parent == pid, "the grandchild's parent is %d, expected %d",
              (int)tree.processes[1].parent, (int)pid);
    tree_free(&tree);
    tree_end();
}

Test(tree, tells_a_zombie_and_a_stopped_process)
{
    pid_t zombie = play(end_at_once), stopped = play(be_stopped);
    wait_until(zombie, WEXITED);
    wait_until(stopped, WSTOPPED);
    struct tree tree = look();
    cr_expect(find(&tree, zombie)->state == 'Z', "a zombie is told as '%c'", find(&tree, zombie)->state);
    cr_expect(find(&tree, stopped)->state == 'T', "a stopped process is told as '%c'",
              find(&tree, stopped)->state);
    tree_free(&tree);
    tree_end();
}

Test(tree, is_not_confused_by_a_name)
{
    pid_t pid = play(take_a_strange_name);
    await(1);
    struct tree tree = look();
    cr_expect(find(&tree, pid)->parent == getpid(),
              "a process that calls itself \") Z 1 1 (\" is misread");
    tree_free(&tree);
    tree_end();
}

Test(tree, end_ends_children_and_grandchildren)
{
    play(stay);
    play(have_a_child);
    await(3);
    expect_ended();
}

Test(tree, end_ends_a_process_that_ignores_every_signal)
{
    play(refuse_to_end);
    await(1);
    expect_ended();
}

Test(tree, end_ends_a_stopped_process)
{
    wait_until(play(be_stopped), WSTOPPED);
    expect_ended();
}

Test(tree, end_ends_a_daemon)
{
    pid_t pid = play(be_a_daemon);
    await(1);
    wait_until(pid, WEXITED);
    expect_ended();
}

Test(tree, end_takes_the_status_of_a_zombie_and_does_not_count_it)
{
    wait_until(play(end_at_once), WEXITED);
    expect_ended();
}

// Hands on to a child of its own again and again: its pid is never the same for long.
static void be_a_relay(void)
{
    enum { LEGS = 20000 }; // takes seconds; then it would end by itself
    char byte = 0;
    if (write(news[1], &byte, 1) == 1)
        for (int leg = 0; leg < LEGS && fork() == 0; leg++)
            ;
}

Test(tree, end_catches_a_process_that_hands_on_to_others)
{
    play(be_a_relay);
    play(be_a_relay);
    await(2);
    cr_expect(tree_end() >= 0, "tree_end: %s", strerror(errno));
    expect_nothing_left();
}
