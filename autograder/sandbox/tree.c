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
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Reads /proc/PID/FILE into `text`, and its owner. Returns false if there is nothing to read: a process
// may end while we look.
static bool read_file(const char *pid, const char *name, char *text, size_t size, uid_t *owner)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/%s", pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file == -1)
        return false;
    struct stat status;
    ssize_t length = fstat(file, &status) == 0 ? read(file, text, size - 1) : -1;
    close(file);
    if (length <= 0)
        return false;
    text[length] = '\0';
    *owner = status.st_uid;
    return true;
}

static bool read_process(const char *pid, struct tree_process *process)
{
    char line[1024];
    uid_t owner;
    if (!read_file(pid, "stat", line, sizeof line, &process->user))
        return false;
    const char *after_name = strrchr(line, ')'); // the name itself may hold any character
    long resident;
    if (after_name == NULL ||
        sscanf(after_name + 1,
               " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld %*d %*u %*u %ld",
               &process->state, &process->parent, &process->threads, &resident) != 4)
        return false;
    process->pid = (pid_t)atol(pid);
    process->resident_kib = resident * (sysconf(_SC_PAGESIZE) / 1024);
    process->ran_ns = read_file(pid, "schedstat", line, sizeof line, &owner) ? atoll(line) : 0;
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

long tree_tasks_of_this_user(void)
{
    struct tree all;
    long tasks = 0;
    if (read_all(&all) == -1)
        return 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.processes[i].user == getuid())
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
        if (file == NULL)
            continue;
        while (fgets(line, sizeof line, file) != NULL)
            if (sscanf(line, "Pss: %ld", &kib) == 1)
                break;
        fclose(file);
        sum += kib;
    }
    return sum;
}

static int signal_all(const struct tree *tree, int signal_number)
{
    int sent = 0;
    for (size_t i = 0; i < tree->count; i++)
        if (tree->processes[i].state != 'Z' && kill(tree->processes[i].pid, signal_number) == 0)
            sent++;
    return sent;
}

int tree_end(void)
{
    enum { ROUNDS = 5000 }; // of about 1 ms
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct tree tree;
        if (tree_read(&tree) == -1)
            return -1;
        signal_all(&tree, SIGSTOP);
        tree_free(&tree);
        if (tree_read(&tree) == -1) // those that were started between the look and the stop
            return -1;
        killed += signal_all(&tree, SIGKILL);
        tree_free(&tree);
        pid_t pid;
        do
            pid = waitpid(-1, NULL, WNOHANG);
        while (pid > 0);
        if (pid == -1 && errno == ECHILD)
            return killed;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL); // a killed process needs a moment to end
    }
    errno = ETIMEDOUT;
    return -1;
}
