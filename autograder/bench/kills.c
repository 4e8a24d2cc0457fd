// Maps with a worker killed at a random moment in each. Every map must return the right results, or an
// error that names an item; none may hang, and nothing may be left.
//
//   usage: kills [MAPS [SEED]]      exits with 1 and a message at the first map that breaks a promise
#include "kills.h"
#include "memory.h"
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HANGS_AFTER = 60 }; // seconds

void kills_fail(const struct kills *run, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fflush(stdout);
    fprintf(stderr, "kills: map %ld of seed %llu: ", run->map, (unsigned long long)run->seed);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    _exit(1);
}

double kills_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

uint64_t kills_mix(uint64_t x) // splitmix64
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

uint64_t kills_below(struct kills *run, uint64_t limit)
{
    return (run->random = kills_mix(run->random)) % limit;
}

uint64_t kills_of_any_size(struct kills *run, unsigned bits)
{
    return 1 + kills_below(run, 1ULL << kills_below(run, bits + 1));
}

bool kills_one_in(struct kills *run, uint64_t n)
{
    return kills_below(run, n) == 0;
}

// --- The watchdog, which can only fail -----------------------------------------------------------------

static char alarm_text[128];

static void on_alarm(int signal_number)
{
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, alarm_text, strlen(alarm_text));
    _exit(written == -1 ? 2 : 1);
}

// Covers a map, and start and end of the pool around it.
static void set_alarm(const struct kills *run)
{
    snprintf(alarm_text, sizeof alarm_text, "kills: map %ld of seed %llu: no end after %d s\n", run->map,
             (unsigned long long)run->seed, HANGS_AFTER);
    alarm(HANGS_AFTER);
}

// --- Pools ---------------------------------------------------------------------------------------------

static int count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count - 3; // ".", "..", and this folder's own
}

// That nothing is left of pools, or of a map on demand, but the killer, which must live.
static void expect_nothing_left(struct kills *run)
{
    char path[64];
    int child, children = 0;
    siginfo_t ended = {0};
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0)
        kills_fail(run, "the workers have ended, and process %d is a zombie", ended.si_pid);
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    FILE *file = fopen(path, "re");
    while (file != NULL && fscanf(file, "%d", &child) == 1)
        if (++children > 1 || child != killer_pid(run->killer))
            kills_fail(run, "the workers have ended, and of %d children one is %d", children, child);
    if (file != NULL)
        fclose(file);
    if (count_descriptors() != run->descriptors)
        kills_fail(run, "%d descriptors are open, and %d were at the beginning", count_descriptors(),
                   run->descriptors);
}

static void make_pool(struct kills *run)
{
    run->options = (struct pool_options){
        .processes = (int)kills_of_any_size(run, 3),
        .tasks_per_worker = kills_one_in(run, 2) ? 0 : (int64_t)(4 + kills_of_any_size(run, 8)),
        .memory = kills_one_in(run, 3) ? 65536 + kills_below(run, 1 << 20)
                                       : 0, // a map takes several batches then
        .on_demand = kills_one_in(run, 3),
    };
    run->pool = pool_create(&run->options);
    if (run->pool == NULL)
        kills_fail(run, "pool_create, %d processes: %s", run->options.processes, strerror(errno));
    run->maps_left = (long)kills_of_any_size(run, 4);
}

static void end_pool(struct kills *run)
{
    switch (kills_below(run, 3)) {
    case 0:
        if (pool_close(run->pool) == -1 || pool_join(run->pool) == -1)
            kills_fail(run, "pool_close, pool_join: %s", strerror(errno));
        break;
    case 1:
        if (pool_terminate(run->pool) == -1)
            kills_fail(run, "pool_terminate: %s", strerror(errno));
        break;
    case 2: // pool_release() alone must do
        break;
    }
    pool_release(run->pool);
    run->pool = NULL;
    expect_nothing_left(run);
}

// --- The run -------------------------------------------------------------------------------------------

static void prepare(struct kills *run, uint64_t seed)
{
    run->seed = run->random = seed;
    run->pace = 3;
    run->shared = memory_create(sizeof *run->shared);
    run->killer = run->shared == NULL ? NULL : killer_create(&run->shared->phase);
    if (run->killer == NULL)
        kills_fail(run, "the killer does not start: %s", strerror(errno));
    run->descriptors = count_descriptors();
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); // SIGSEGV and SIGABRT would write many cores
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
}

static void print_sums(const struct kills *run, double seconds)
{
    const struct kills_sums *sums = &run->sums;
    long victims = sums->victims[BEFORE] + sums->victims[DURING] + sums->victims[AFTER];
    printf("%ld maps: %ld right, %ld named an item (%ld of them: no worker could be started). "
           "%ld workers killed: %ld before, %ld during, %ld after a map. %.1f s. Nothing is left.\n",
           run->map, sums->right, sums->named, sums->not_begun, victims, sums->victims[BEFORE],
           sums->victims[DURING], sums->victims[AFTER], seconds);
}

int main(int count, char *words[])
{
    static const char *const phase_names[] = {"before", "during", "after"};
    static struct kills whole; // too large for the stack
    struct kills *run = &whole;
    long maps = count > 1 ? atol(words[1]) : 1000;
    if (maps < 1) {
        fputs("usage: kills [MAPS [SEED]]\n", stderr);
        return 2;
    }
    double begin = kills_now();
    prepare(run, count > 2 ? strtoull(words[2], NULL, 10) : kills_mix((uint64_t)begin) % 1000000);
    while (run->map < maps) {
        run->map++;
        set_alarm(run);
        if (run->pool == NULL)
            make_pool(run);
        kills_do_map(run);
        if (run->options.on_demand)
            expect_nothing_left(run);
        if (--run->maps_left == 0 || run->map == maps)
            end_pool(run);
    }
    killer_release(run->killer);
    if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
        kills_fail(run, "a process is left");
    memory_release(run->shared);
    for (int phase = BEFORE; phase < PHASES; phase++)
        if (maps >= 100 && run->sums.victims[phase] == 0)
            kills_fail(run, "of all workers killed none was %s a map: nothing is proved",
                       phase_names[phase]);
    print_sums(run, (kills_now() - begin) / 1e9);
    return 0;
}
