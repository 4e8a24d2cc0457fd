// The processes below this one, as /proc shows them.
#include "tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Reads /proc/PID/FILE into `text`. Returns false if there is nothing to read: a process
// may end while we look.
static bool read_file(const char *pid, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/%s", pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file == -1)
        return false;
    ssize_t length = read(file, text, size - 1);
    close(file);
    if (length <= 0)
        return false;
    text[length] = '\0';
    return true;
}

// What a line of /proc/PID/stat or /proc/PID/task/TID/stat says.
static bool parse_stat(const char *line, struct tree_process *process)
{
    const char *after_name = strrchr(line, ')'); // the name itself may hold any character
    long resident;
    if (after_name == NULL ||
        sscanf(after_name + 1,
               " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld %*d %*u %*u %ld",
               &process->state, &process->parent, &process->threads, &resident) != 4)
        return false;
    process->resident_kib = resident * (sysconf(_SC_PAGESIZE) / 1024);
    return true;
}

// Of a process with threads, /proc/PID shows the first thread only. It runs if any of them does.
static void read_threads(const char *pid, struct tree_process *process)
{
    char path[64], name[64], text[1024];
    snprintf(path, sizeof path, "/proc/%.20s/task", pid);
    DIR *directory = opendir(path);
    if (directory == NULL)
        return;
    process->ran_ns = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        struct tree_process thread;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "task/%.20s/stat", entry->d_name);
        if (read_file(pid, name, text, sizeof text) && parse_stat(text, &thread) &&
            strchr("RD", thread.state) != NULL)
            process->state = thread.state;
        snprintf(name, sizeof name, "task/%.20s/schedstat", entry->d_name);
        if (read_file(pid, name, text, sizeof text))
            process->ran_ns += atoll(text);
    }
    closedir(directory);
}

static bool read_process(const char *pid, struct tree_process *process)
{
    char text[1024];
    if (!read_file(pid, "stat", text, sizeof text) || !parse_stat(text, process))
        return false;
    process->pid = (pid_t)atol(pid);
    process->ran_ns = read_file(pid, "schedstat", text, sizeof text) ? atoll(text) : 0;
    if (process->threads > 1)
        read_threads(pid, process);
    return true;
}

static int read_all(struct tree *all)
{
    size_t capacity = 0;
    *all = (struct tree){0};
    DIR *directory = opendir("/proc");
    if (directory == NULL)
        return -1;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        struct tree_process process;
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9' || !read_process(entry->d_name, &process))
            continue;
        if (all->count == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            void *more = realloc(all->processes, capacity * sizeof *all->processes);
            if (more == NULL) {
                tree_free(all);
                closedir(directory);
                return -1;
            }
            all->processes = more;
        }
        all->processes[all->count++] = process;
    }
    closedir(directory);
    return 0;
}

static void swap(struct tree_process *a, struct tree_process *b)
{
    struct tree_process kept = *a;
    *a = *b;
    *b = kept;
}

// Moves the descendants of `root` to the front, parents before children. Returns how many there are.
static size_t gather_descendants(struct tree *all, pid_t root)
{
    size_t found = 0;
    for (size_t checked = 0; checked <= found; checked++) {
        pid_t parent = checked == 0 ? root : all->processes[checked - 1].pid;
        for (size_t i = found; i < all->count; i++)
            if (all->processes[i].parent == parent && all->processes[i].pid != root)
                swap(&all->processes[i], &all->processes[found++]);
    }
    return found;
}

int tree_read(struct tree *tree)
{
    if (read_all(tree) == -1)
        return -1;
    tree->count = gather_descendants(tree, getpid());
    return 0;
}

void tree_free(struct tree *tree)
{
    free(tree->processes);
    *tree = (struct tree){0};
}

void tree_leave_out(struct tree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->processes[i].pid == pid)
            tree->processes[i--] = tree->processes[--tree->count];
}

// The user of a process: not the owner of its files in /proc, which is root where it is not dumpable.
static bool is_of_this_user(pid_t pid)
{
    char name[32], text[4096];
    snprintf(name, sizeof name, "%d", pid);
    const char *line = read_file(name, "status", text, sizeof text) ? strstr(text, "\nUid:") : NULL;
    return line != NULL && (uid_t)atol(line + 5) == getuid();
}

long tree_tasks_of_this_user(void)
{
    struct tree all;
    long tasks = 0;
    if (read_all(&all) == -1)
        return 0;
    for (size_t i = 0; i < all.count; i++)
        if (is_of_this_user(all.processes[i].pid))
            tasks += all.processes[i].threads;
    tree_free(&all);
    return tasks;
}

long tree_proportional_kib(const struct tree *tree)
{
    long sum = 0;
    for (size_t i = 0; i < tree->count; i++) {
        char path[64];
        char line[256];
        long kib = 0;
        snprintf(path, sizeof path, "/proc/%d/smaps_rollup", tree->processes[i].pid);
        FILE *file = fopen(path, "re");
        if (file == NULL) { // it has made itself unreadable: count all that it has
            sum += tree->processes[i].resident_kib;
            continue;
        }
        while (fgets(line, sizeof line, file) != NULL)
            if (sscanf(line, "Pss: %ld", &kib) == 1)
                break;
        fclose(file);
        sum += kib;
    }
    return sum;
}

static void signal_all(const struct tree *tree, int signal_number)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->processes[i].state != 'Z')
            kill(tree->processes[i].pid, signal_number);
}

// Takes the statuses of all children that have ended. Returns whether there are none left at all.
static bool reap(void)
{
    pid_t pid;
    do
        pid = waitpid(-1, NULL, WNOHANG);
    while (pid > 0);
    return pid == -1 && errno == ECHILD;
}

int tree_end(void)
{
    enum { ROUNDS = 5000 }; // of about 1 ms
    for (int round = 0; round < ROUNDS; round++) {
        static const int signals[] = {SIGSTOP, SIGKILL}; // some may be started between the two looks
        for (int i = 0; i < 2; i++) {
            struct tree tree;
            if (tree_read(&tree) == -1)
                return -1;
            signal_all(&tree, signals[i]);
            tree_free(&tree);
        }
        if (reap())
            return 0;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL); // a killed process needs a moment to end
    }
    errno = ETIMEDOUT;
    return -1;
}
