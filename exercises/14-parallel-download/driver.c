// Drives: small programs that use the module for parallel downloads the way a user would. The module's
// transfers, and those of the modules below it, are led here: so they can be counted, held, and ended.
// leads curl_easy_init
// leads curl_easy_cleanup
// leads curl_easy_perform
#include "driver.h"
#include "children.h"
#include "faults.h"
#include "gallery.h"
#include "gate.h"
#include "parallel-download.h"
#include "work.h"
#include <curl/curl.h>
#include <dirent.h>
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, MOST_ROUNDS = 8, MOST_HANDLES = 256, UNTOUCHED = -77, NOBODY = -1 };

// How a process ends in the middle of a download. tests.c has the same list.
enum end {
    KILLED,        // by SIGKILL, when the server has answered
    EXITED_0,      // by _exit(0), when the server has answered
    EXITED_3,      // by _exit(3), the same
    KILLED_BEFORE, // by SIGKILL, before the request
    KILLED_EARLY,  // by SIGKILL, while it makes its session: whichever is first
};

// Shared with all processes, and made before them.
static struct scene {
    pid_t parent;
    atomic_bool watched;   // the module is at work
    atomic_int runs[MOST]; // transfers of each link
    _Atomic pid_t pids[MOST];
    atomic_int in_parent;      // transfers
    atomic_int made_in_parent; // handles
    atomic_int inherited;      // transfers by a handle that another process has made
    atomic_int most_open;      // handles of one process, at the same time
    atomic_int under_way, most_under_way;
    atomic_int made;
    int workers; // that meet; 0: nobody does
    atomic_int arrivals;
    atomic_int most_alive; // of the parent's children
    struct meeting *meetings[MOST_ROUNDS];
    struct gate counted;
    int held; // this link waits until `left` others are done
    atomic_int left;
    sem_t others_done;
    int victims[2];
    enum end end;
} * scene;

static void make_scene(void)
{
    scene = driver_shared(sizeof *scene);
    scene->parent = getpid();
    scene->held = scene->victims[0] = scene->victims[1] = NOBODY;
    if (sem_init(&scene->others_done, 1, 0) == -1)
        driver_broken("sem_init");
}

// --- What is led here

// Of this process, and what it has inherited.
static struct {
    CURL *handle;
    pid_t maker;
} handles[MOST_HANDLES];
static int handle_count;
static int open_handles;

static _Noreturn void end_process(enum end end)
{
    if (end == EXITED_0 || end == EXITED_3)
        _exit(end == EXITED_0 ? 0 : 3);
    raise(SIGKILL);
    abort(); // not reached
}

static void note_most(atomic_int *most, int number)
{
    int before = *most;
    while (number > before && !atomic_compare_exchange_weak(most, &before, number))
        continue;
}

CURL *faulty_curl_easy_init(void);
CURL *faulty_curl_easy_init(void)
{
    CURL *handle = curl_easy_init();
    if (scene == NULL || !scene->watched)
        return handle;
    scene->made_in_parent += getpid() == scene->parent;
    if (atomic_fetch_add(&scene->made, 1) == 0 && scene->end == KILLED_EARLY)
        end_process(KILLED);
    if (handle_count < MOST_HANDLES) {
        handles[handle_count].handle = handle;
        handles[handle_count++].maker = getpid();
    }
    note_most(&scene->most_open, ++open_handles);
    return handle;
}

void faulty_curl_easy_cleanup(CURL *handle);
void faulty_curl_easy_cleanup(CURL *handle)
{
    open_handles -= scene != NULL && scene->watched && handle != NULL;
    curl_easy_cleanup(handle);
}

// Whether another process has made this handle. An address may be used again: the newest counts.
static bool is_inherited(const CURL *handle)
{
    int i = handle_count - 1;
    while (i >= 0 && handles[i].handle != handle)
        i--;
    return i >= 0 && handles[i].maker != getpid();
}

// The number of the link's page, or NOBODY.
static int number_of(CURL *curl)
{
    char *url = NULL;
    int number;
    const char *path = curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url) == CURLE_OK && url != NULL
                           ? strstr(url, "/pages/")
                           : NULL;
    if (path == NULL || sscanf(path, "/pages/%*d/%d/", &number) != 1 || number < 0 || number >= MOST)
        return NOBODY;
    return number;
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

// How many children of the parent live.
static int living_children(void)
{
    int living = 0;
    DIR *directory = opendir("/proc");
    if (directory == NULL)
        driver_broken("/proc");
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[300], text[512], state;
        int parent;
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *file = entry->d_name[0] >= '0' && entry->d_name[0] <= '9' ? fopen(path, "re") : NULL;
        if (file == NULL)
            continue;
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        const char *name_end = strrchr(text, ')');
        if (name_end != NULL && sscanf(name_end + 1, " %c %d", &state, &parent) == 2 &&
            parent == scene->parent && state != 'Z' && state != 'X')
            living++;
    }
    closedir(directory);
    return living;
}

// Waits until so many transfers are under way. The first of them looks how many processes there are, when
// the parent waits, so that it has started whom it wants to start; nobody goes on before.
static void meet(void)
{
    enum { LOOKS = 300 }; // then in any case: a parent may wait by looking
    int order = atomic_fetch_add(&scene->arrivals, 1), round = order / scene->workers;
    if (round >= MOST_ROUNDS)
        return;
    meeting_attend(scene->meetings[round]);
    if (round > 0)
        return;
    if (order > 0) {
        gate_pass(&scene->counted);
        return;
    }
    for (int look = 0; look < LOOKS && !thread_is_asleep(scene->parent, scene->parent); look++)
        nap();
    nap();
    scene->most_alive = living_children();
    gate_open(&scene->counted);
}

static void wait_for_others(void)
{
    while (sem_wait(&scene->others_done) == -1)
        if (errno != EINTR)
            driver_broken("sem_wait");
}

static bool is_victim(int number)
{
    return number != NOBODY && (number == scene->victims[0] || number == scene->victims[1]);
}

static void begin_transfer(CURL *curl, int number)
{
    scene->in_parent += getpid() == scene->parent;
    scene->inherited += is_inherited(curl);
    note_most(&scene->most_under_way, atomic_fetch_add(&scene->under_way, 1) + 1);
    if (number == NOBODY || atomic_fetch_add(&scene->runs[number], 1) > 0)
        return;
    scene->pids[number] = getpid();
    if (scene->workers > 0)
        meet();
    if (number == scene->held && scene->left > 0)
        wait_for_others();
    if (is_victim(number) && scene->end == KILLED_BEFORE)
        end_process(KILLED);
}

static void end_transfer(int number)
{
    scene->under_way--;
    if (is_victim(number))
        end_process(scene->end);
    if (number != scene->held && atomic_fetch_sub(&scene->left, 1) == 1)
        sem_post(&scene->others_done);
}

CURLcode faulty_curl_easy_perform(CURL *curl);
CURLcode faulty_curl_easy_perform(CURL *curl)
{
    bool watched = scene != NULL && scene->watched;
    int number = watched ? number_of(curl) : NOBODY;
    int item = work_item_begin();
    if (watched)
        begin_transfer(curl, number);
    CURLcode code = curl_easy_perform(curl);
    if (watched)
        end_transfer(number);
    work_item_end(item);
    return code;
}

// --- Around the module

typedef ssize_t way(const struct parallel_download *how, struct download downloads[], size_t count);

static way *chosen_way(void)
{
    static way *const ways[] = {parallel_download_processes, parallel_download_pool,
                                parallel_download_sessions};
    return ways[(unsigned)driver_argument("way", 0) % 3];
}

static int chosen_count(void)
{
    int count = (int)driver_argument("count", 10);
    return count < 0 || count > MOST ? MOST : count;
}

// Conducts of the server. tests.c has the same list.
static const char *const conducts[] = {
    "delay=0", "fault=404", "fault=500", "fault=503&times=1", "fault=cut", "fault=redirect", "fault=503",
};
enum { CONDUCTS = sizeof conducts / sizeof *conducts };

// A link to page `number`; each has a length of its own. `behind` stands at its end.
static char *link_of(int number, const char *behind)
{
    int64_t seed = driver_argument("seed", 1);
    const char *conduct = conducts[driver_argument("mix", 0) != 0 ? ((int)seed + number) % CONDUCTS : 0];
    return gallery_link("/pages/%d/%d/%d?%s%s", (int)seed, number, 100 + number, conduct, behind);
}

static void make_downloads(struct download downloads[], int count)
{
    for (int i = 0; i < count; i++) {
        downloads[i] = (struct download){.link = link_of(i, ""),
                                         .error = UNTOUCHED,
                                         .status = UNTOUCHED,
                                         .attempts = UNTOUCHED,
                                         .size = UNTOUCHED,
                                         .message = "untouched"};
        snprintf(downloads[i].name, sizeof downloads[i].name, "page-%d", i);
    }
}

static void free_links(struct download downloads[], int count)
{
    for (int i = 0; i < count; i++)
        free((char *)downloads[i].link);
}

static void make_directory(const char *name)
{
    if (mkdir(name, 0777) == -1 && errno != EEXIST)
        driver_broken("mkdir");
}

// Has the module download, and answers its result and what was seen of its transfers.
static void run(way *module, const struct parallel_download *how, struct download downloads[], int count)
{
    make_directory(how->directory);
    scene->watched = true;
    errno = 0;
    ssize_t result = module(how, downloads, (size_t)count);
    int error = errno;
    scene->watched = false;
    errno = error;
    answer_result("result", (int)result);
    siginfo_t info;
    answer_int("childless", waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1);
    int different = 0;
    for (int i = 0; i < count; i++) {
        int j = 0;
        while (j < i && scene->pids[j] != scene->pids[i])
            j++;
        different += j == i && scene->pids[i] != 0;
    }
    answer_int("processes", different);
    answer_int("in_parent", scene->in_parent);
    answer_int("made_in_parent", scene->made_in_parent);
    answer_int("inherited", scene->inherited);
    answer_int("most_under_way", scene->most_under_way);
    answer_int("most_alive", scene->most_alive);
    answer_int("most_open", scene->most_open);
}

// --- What the results should be

// Reads a file of up to 255 bytes. Returns how many there are, or -1.
static int read_page(const char *directory, const char *name, char text[256])
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return -1;
    int size = (int)fread(text, 1, 256, file);
    fclose(file);
    return size;
}

static bool are_files_equal(const char *name)
{
    char own[256], expected[256];
    int size = read_page("files", name, own);
    return size == read_page("expected", name, expected) &&
           (size == -1 || memcmp(own, expected, (size_t)size) == 0);
}

// What is wrong with a download. tests.c has the same list.
enum wrong { NOTHING, ERROR, STATUS, ATTEMPTS, SIZE, MESSAGE, FILE_ITSELF, LINK_OR_NAME };

static enum wrong wrong_with(const struct download *got, const struct download *expected,
                             int64_t values[2])
{
    const struct {
        enum wrong what;
        int64_t got, expected;
    } numbers[] = {{ERROR, got->error, expected->error},
                   {STATUS, got->status, expected->status},
                   {ATTEMPTS, got->attempts, expected->attempts},
                   {SIZE, got->size, expected->size},
                   {MESSAGE, strcmp(got->message, expected->message), 0}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].got != numbers[i].expected) {
            values[0] = numbers[i].got;
            values[1] = numbers[i].expected;
            return numbers[i].what;
        }
    if (strcmp(got->name, expected->name) != 0)
        return LINK_OR_NAME;
    return are_files_equal(expected->name) ? NOTHING : FILE_ITSELF;
}

// Downloads the same by download_link(), one after the other, and answers the first difference. Passes
// over links of which the module says one of `passed`.
static void answer_differences(const struct download_options *options, const struct download downloads[],
                               int count, int passed)
{
    make_directory("expected");
    struct download_session *session = download_session_create(options);
    if (session == NULL)
        driver_broken("download_session_create");
    int at = NOBODY;
    enum wrong what = NOTHING;
    int64_t values[2] = {0};
    for (int i = 0; i < count && at == NOBODY; i++) {
        if (passed != 0 && downloads[i].error == passed)
            continue;
        char *link = link_of(i, "&own=1");
        struct download expected = {.link = link};
        snprintf(expected.name, sizeof expected.name, "page-%d", i);
        download_link(session, "expected", &expected);
        what = wrong_with(&downloads[i], &expected, values);
        free(link);
        if (what == NOTHING)
            continue;
        at = i;
        answer_bytes("wrong_message", downloads[i].message, strnlen(downloads[i].message, 100));
        answer_bytes("expected_message", expected.message, strnlen(expected.message, 100));
    }
    download_session_release(session);
    answer_int("wrong_at", at);
    answer_int("wrong_what", what);
    answer_int("wrong_got", values[0]);
    answer_int("wrong_expected", values[1]);
}

static struct download_options chosen_options(void)
{
    return (struct download_options){.attempts = (int)driver_argument("attempts", 0)};
}

static struct parallel_download chosen_how(void)
{
    return (struct parallel_download){
        .directory = "files", .workers = (int)driver_argument("workers", 3), .options = chosen_options()};
}

// Has the module download all pages, and answers everything.
static void download_pages(int passed)
{
    struct download downloads[MOST];
    int count = chosen_count();
    const struct parallel_download how = chosen_how();
    make_downloads(downloads, count);
    run(chosen_way(), &how, downloads, count);
    int failed = 0;
    for (int i = 0; i < count; i++)
        failed += downloads[i].error != 0;
    answer_int("failed", failed);
    answer_differences(&how.options, downloads, count, passed);
    free_links(downloads, count);
}

// --- Drives

DRIVE(pages, "downloads `count` pages by `workers`; way 0: processes, 1: a pool, 2: with sessions")
{
    make_scene();
    int before = driver_open_descriptors();
    int64_t memory = driver_shared_memory();
    faults_interrupt((int)driver_argument("interrupt", 0));
    download_pages(0);
    faults_interrupt(0);
    answer_int("left", driver_open_descriptors() - before);
    answer_int("memory", driver_shared_memory() - memory);
    faults_answer();
}

DRIVE(meeting, "each transfer waits until `meet` are under way, `rounds` times")
{
    make_scene();
    struct download downloads[MOST];
    int workers = (int)driver_argument("meet", 3), rounds = (int)driver_argument("rounds", 2);
    workers = workers < 1 || workers > 16 ? 16 : workers;
    rounds = rounds < 1 || rounds > 4 ? 4 : rounds;
    int count = workers * rounds;
    const struct parallel_download how = {.directory = "files",
                                          .workers = (int)driver_argument("workers", workers)};
    for (int i = 0; i < rounds; i++)
        scene->meetings[i] = meeting_make(workers);
    scene->counted = gate_make();
    scene->workers = workers;
    make_downloads(downloads, count);
    run(chosen_way(), &how, downloads, count);
    free_links(downloads, count);
}

DRIVE(hold, "one link waits until all others are done")
{
    make_scene();
    scene->held = (int)driver_argument("held", 0);
    scene->left = chosen_count() - 1;
    download_pages(0);
}

// The number behind `word` in a text, or NOBODY.
static int number_behind(const char *text, const char *word)
{
    const char *found = strstr(text, word);
    int number;
    return found != NULL && sscanf(found + strlen(word), " %d", &number) == 1 ? number : NOBODY;
}

static void answer_victim(const struct download *victim)
{
    char text[256];
    answer_int("victim_error", victim->error);
    answer_int("victim_rest", victim->status == 0 && victim->attempts == 0 && victim->size == 0);
    answer_int("victim_file", read_page("files", victim->name, text) != NOBODY);
    answer_int("victim_signal", number_behind(victim->message, "signal"));
    answer_int("victim_status", number_behind(victim->message, "status"));
    answer_bytes("victim_message", victim->message, strnlen(victim->message, 100));
}

DRIVE(victims, "the processes of one link or two end in the middle of it")
{
    make_scene();
    scene->victims[0] = (int)driver_argument("victim", 3);
    scene->victims[1] = (int)driver_argument("second", NOBODY);
    scene->end = (enum end)driver_argument("end", KILLED);
    struct download downloads[MOST];
    int count = chosen_count(), lost = 0;
    const struct parallel_download how = chosen_how();
    make_downloads(downloads, count);
    run(chosen_way(), &how, downloads, count);
    int at = scene->victims[0], other = NOBODY;
    for (int i = 0; i < count; i++) {
        if (downloads[i].error != ECHILD)
            continue;
        lost++;
        if (scene->end == KILLED_EARLY)
            at = i;
        else if (!is_victim(i))
            other = i;
    }
    answer_int("lost", lost);
    answer_int("other_lost", other);
    answer_victim(&downloads[at < 0 || at >= count ? 0 : at]);
    answer_differences(&how.options, downloads, count, ECHILD);
    free_links(downloads, count);
}

DRIVE(names, "links whose last segments are equal, and one that has a name already")
{
    make_scene();
    struct download downloads[MOST], expected[MOST];
    int count = chosen_count(), named = (int)driver_argument("named", 3), wrong = NOBODY, missing = 0;
    const struct parallel_download how = chosen_how();
    for (int i = 0; i < count; i++) {
        downloads[i] = (struct download){.link = gallery_link("/pages/1/%d/%d", i, 100 + i % 2)};
        if (i == named)
            strcpy(downloads[i].name, "chosen");
    }
    memcpy(expected, downloads, sizeof expected[0] * (size_t)count);
    download_names(expected, (size_t)count);
    run(chosen_way(), &how, downloads, count);
    for (int i = count - 1; i >= 0; i--) {
        char text[256];
        if (strcmp(downloads[i].name, expected[i].name) != 0 || downloads[i].link != expected[i].link)
            wrong = i;
        missing += read_page("files", expected[i].name, text) != 100 + i % 2;
    }
    answer_int("wrong", wrong);
    answer_int("missing", missing);
    if (wrong != NOBODY) {
        answer_bytes("got", downloads[wrong].name, strnlen(downloads[wrong].name, 100));
        answer_bytes("expected", expected[wrong].name, strnlen(expected[wrong].name, 100));
    }
    free_links(downloads, count);
}

DRIVE(options, "a link that says 503 for ever, and one that stalls; `attempts` and `timeout_ms`")
{
    make_scene();
    struct download downloads[2] = {
        {.link = gallery_link("/pages/1/0/100?fault=503"), .error = UNTOUCHED},
        {.link = gallery_link("/pages/1/1/100?fault=stall"), .error = UNTOUCHED}};
    const struct parallel_download how = {.directory = "files",
                                          .workers = 2,
                                          .options = {.attempts = (int)driver_argument("attempts", 1),
                                                      .timeout_ms = (int)driver_argument("ms", 900)}};
    run(chosen_way(), &how, downloads, 2);
    answer_int("busy_error", downloads[0].error);
    answer_int("attempts", downloads[0].attempts);
    answer_int("stall_error", downloads[1].error);
    free_links(downloads, 2);
}

// What became of the downloads, when not all were possible.
static void answer_sorts(const struct download downloads[], int count)
{
    int fetched = 0, cancelled = 0, other = NOBODY;
    for (int i = 0; i < count; i++) {
        if (downloads[i].error == 0 && downloads[i].size == 100 + i && scene->runs[i] == 1)
            fetched++;
        else if (downloads[i].error == ECANCELED && downloads[i].status == 0 && downloads[i].size == 0 &&
                 downloads[i].attempts == 0 && scene->runs[i] == 0)
            cancelled++;
        else
            other = i;
    }
    answer_int("fetched", fetched);
    answer_int("cancelled", cancelled);
    answer_int("other", other);
    answer_int("other_error", other == NOBODY ? 0 : downloads[other].error);
    answer_int("other_runs", other == NOBODY ? 0 : scene->runs[other]);
}

DRIVE(refused, "a call fails: 0 fork, 1 mmap, 2 socketpair; the `nth` from now on, or each fork (nth 0)")
{
    static const struct {
        enum faults_call call;
        int error;
    } faults[] = {{FAULTS_FORK, EAGAIN}, {FAULTS_MMAP, ENOMEM}, {FAULTS_SOCKETPAIR, EMFILE}};
    make_scene();
    struct download downloads[MOST];
    struct rlimit limit;
    int count = chosen_count(), nth = (int)driver_argument("nth", 1);
    unsigned which = (unsigned)driver_argument("call", 0) % 3;
    const struct parallel_download how = chosen_how();
    make_downloads(downloads, count);
    int before = driver_open_descriptors();
    int64_t memory = driver_shared_memory();
    faults_fail(faults[which].call, nth, faults[which].error);
    if (nth == 0) {
        getrlimit(RLIMIT_NPROC, &limit);
        limit.rlim_cur = 0;
        if (setrlimit(RLIMIT_NPROC, &limit) == -1)
            driver_broken("setrlimit");
    }
    run(chosen_way(), &how, downloads, count);
    answer_sorts(downloads, count);
    answer_int("left", driver_open_descriptors() - before);
    answer_int("memory", driver_shared_memory() - memory);
    free_links(downloads, count);
}

static pid_t fork_child(int status, const struct gate *gate)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    if (pid == 0) {
        if (gate != NULL)
            gate_pass(gate);
        _exit(status);
    }
    return pid;
}

static int status_of(pid_t pid)
{
    int status;
    pid_t result;
    while ((result = waitpid(pid, &status, 0)) == -1 && errno == EINTR)
        continue;
    return result == pid && WIFEXITED(status) ? WEXITSTATUS(status) : NOBODY;
}

static void handle(int number)
{
    (void)number;
}

DRIVE(strangers, "the program has two other children, one of which has ended")
{
    make_scene();
    struct download downloads[MOST];
    struct sigaction before = {.sa_handler = handle}, after;
    struct gate gate = gate_make();
    int count = chosen_count();
    const struct parallel_download how = chosen_how();
    make_downloads(downloads, count);
    before.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &before, NULL);
    pid_t ended = fork_child(9, NULL), alive = fork_child(7, &gate);
    child_wait_for_zombie(ended);
    run(chosen_way(), &how, downloads, count);
    sigaction(SIGCHLD, NULL, &after);
    answer_int("handler", after.sa_handler == handle);
    gate_open(&gate);
    answer_int("ended", status_of(ended));
    answer_int("alive", status_of(alive));
    faults_answer();
    free_links(downloads, count);
}

static void answer_refusal(const char *name, struct parallel_download how, struct download downloads[],
                           int count)
{
    char whole[64];
    int cancelled = 0;
    make_downloads(downloads, count);
    answer_result(name, (int)chosen_way()(&how, downloads, (size_t)count));
    for (int i = 0; i < count; i++)
        cancelled += downloads[i].error == ECANCELED;
    snprintf(whole, sizeof whole, "%s_cancelled", name);
    answer_int(whole, cancelled);
    free_links(downloads, count);
}

DRIVE(misuse, "negative numbers, and no links at all")
{
    make_scene();
    struct download downloads[MOST];
    int count = 3;
    make_directory("files");
    scene->watched = true;
    answer_refusal("workers", (struct parallel_download){"files", -1, {0}}, downloads, count);
    answer_refusal("timeout", (struct parallel_download){"files", 2, {.timeout_ms = -1}}, downloads,
                   count);
    answer_refusal("attempts", (struct parallel_download){"files", 2, {.attempts = -1}}, downloads,
                   count);
    answer_refusal("nothing", (struct parallel_download){"files", 2, {0}}, downloads, 0);
    scene->watched = false;
}

// --- Speed

static void measured(way *module)
{
    struct download downloads[WORK_MOST_ITEMS] = {0};
    uint64_t results[WORK_MOST_ITEMS];
    const struct parallel_download how = {.directory = ".", .workers = work_workers()};
    for (int i = 0; i < work_items(); i++) {
        downloads[i].link = gallery_link("/pages/1/%d/1000?delay=%d", i, WORK_ITEM_MS);
        snprintf(downloads[i].name, sizeof downloads[i].name, "page-%d", i);
    }
    work_begin();
    module(&how, downloads, (size_t)work_items());
    for (int i = 0; i < work_items(); i++)
        results[i] = downloads[i].size == 1000 ? (uint64_t)i + 1 : 0;
    work_end(results);
    free_links(downloads, work_items());
}

DRIVE(speed_processes, "downloads by a process for each link")
{
    measured(parallel_download_processes);
}

DRIVE(speed_pool, "downloads by a pool")
{
    measured(parallel_download_pool);
}

DRIVE(speed_sessions, "downloads by a pool with sessions")
{
    measured(parallel_download_sessions);
}
