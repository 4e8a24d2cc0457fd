// What a drive needs: main, arguments, input, answer.
#include "driver.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    ANSWER_DESCRIPTOR = 3, // by agreement with the warden; absent in a run without a sandbox
    ANSWER_MAX = 1024 * 1024,
};

void (*driver_first)(void);

static struct driver_drive *drives;
static char name_of_drive[64];
static char secret[64];      // proves to the examiner that an answer is ours
static char arguments[1024]; // "name=value name=value ", each with a blank behind it
static struct {
    char bytes[ANSWER_MAX];
    size_t size;
} answer;

void driver_register(struct driver_drive *drive)
{
    struct driver_drive **end = &drives;
    while (*end != NULL)
        end = &(*end)->next;
    *end = drive;
}

void driver_broken(const char *what)
{
    bool exhausted = errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EAGAIN;
    fprintf(stderr, "the drive itself failed: %s: %s\n", what, strerror(errno));
    fflush(NULL);
    dprintf(ANSWER_DESCRIPTOR, "broken %s\n", secret); // so that nobody else can say it
    _exit(exhausted ? DRIVER_EXHAUSTED : DRIVER_BROKEN);
}

int64_t driver_argument(const char *name, int64_t otherwise)
{
    size_t length = strlen(name);
    for (const char *argument = arguments; *argument != '\0'; argument += strcspn(argument, " ") + 1)
        if (strncmp(argument, name, length) == 0 && argument[length] == '=')
            return strtoll(argument + length + 1, NULL, 10);
    return otherwise;
}

size_t driver_input(void *buffer, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t part = read(STDIN_FILENO, (char *)buffer + got, size - got);
        if (part == 0)
            break;
        if (part == -1 && errno != EINTR)
            driver_broken("read");
        if (part > 0)
            got += (size_t)part;
    }
    return got;
}

static void append(const void *bytes, size_t size)
{
    if (size > ANSWER_MAX - answer.size) {
        errno = EMSGSIZE;
        driver_broken("answer");
    }
    memcpy(answer.bytes + answer.size, bytes, size);
    answer.size += size;
}

// One value: "name size\n", its bytes, "\n".
void answer_bytes(const char *name, const void *bytes, size_t size)
{
    char head[128];
    if (strcmp(name, "end") == 0 || strcmp(name, "broken") == 0) { // words of the answer's own
        errno = EINVAL;
        driver_broken(name);
    }
    append(head, (size_t)snprintf(head, sizeof head, "%s %zu\n", name, size));
    append(bytes, size);
    append("\n", 1);
}

void answer_int(const char *name, int64_t value)
{
    char text[32];
    answer_bytes(name, text, (size_t)snprintf(text, sizeof text, "%" PRId64, value));
}

void answer_result(const char *name, int result)
{
    int error = result == -1 ? errno : 0;
    char name_of_errno[64];
    snprintf(name_of_errno, sizeof name_of_errno, "%s_errno", name);
    answer_int(name, result);
    answer_int(name_of_errno, error);
}

// Sends the answer, closed by "end PID SECRET\n". Returns the exit status of the program.
static int send_answer(void)
{
    char end[128];
    append(end, (size_t)snprintf(end, sizeof end, "end %d %s\n", getpid(), secret));
    for (size_t sent = 0; sent < answer.size;) {
        ssize_t part = write(ANSWER_DESCRIPTOR, answer.bytes + sent, answer.size - sent);
        if (part == -1 && errno != EINTR)
            return DRIVER_SILENCED;
        if (part > 0)
            sent += (size_t)part;
    }
    return 0;
}

void *driver_shared(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        driver_broken("mmap");
    return memory;
}

int driver_open_descriptors(void)
{
    int count = -3; // ".", ".." and the directory's own
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        driver_broken("/proc/self/fd");
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count;
}

const char *driver_mapped_file(const void *address)
{
    static char file[256];
    char line[512];
    bool found = false;
    FILE *maps = fopen("/proc/self/maps", "re");
    if (maps == NULL)
        driver_broken("/proc/self/maps");
    while (!found && fgets(line, sizeof line, maps) != NULL) {
        uintptr_t begin, end;
        int rest = 0;
        file[0] = '\0';
        sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*s %*s %*s %*s%n", &begin, &end, &rest);
        sscanf(line + rest, " %255[^\n]", file);
        found = begin <= (uintptr_t)address && (uintptr_t)address < end;
    }
    fclose(maps);
    return found ? file : NULL;
}

int64_t driver_shared_memory(void)
{
    char line[512], shared;
    uintptr_t begin, end;
    int64_t bytes = 0;
    FILE *maps = fopen("/proc/self/maps", "re");
    if (maps == NULL)
        driver_broken("/proc/self/maps");
    while (fgets(line, sizeof line, maps) != NULL)
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*3c%c", &begin, &end, &shared) == 3 && shared == 's')
            bytes += (int64_t)(end - begin);
    fclose(maps);
    return bytes;
}

static int list_drives(void)
{
    if (name_of_drive[0] != '\0')
        fprintf(stderr, "There is no drive \"%s\". ", name_of_drive);
    fprintf(stderr, "The drives are:\n");
    for (const struct driver_drive *drive = drives; drive != NULL; drive = drive->next)
        fprintf(stderr, "  %-28s %s\n", drive->name, drive->description);
    return DRIVER_UNKNOWN;
}

// Takes the secret from the command line "SECRET DRIVE [NAME=NUMBER...]" and wipes it, before anything of
// the learner's module runs. (Whoever searches our memory finds it all the same.) A process that the
// module has started has other arguments, which are left alone.
static void take_secret(int argc, char **argv)
{
    enum { DIGITS = 32 }; // as the examiner makes it
    snprintf(secret, sizeof secret, "%s", argc > 1 ? argv[1] : "");
    if (strlen(secret) == DIGITS && strspn(secret, "0123456789abcdef") == DIGITS)
        memset(argv[1], 0, DIGITS);
}

// Takes over the rest of the command line and wipes it: the learner's module has no business with it.
static void take_arguments(int argc, char **argv)
{
    size_t used = 0;
    snprintf(name_of_drive, sizeof name_of_drive, "%s", argc > 2 ? argv[2] : "");
    for (int i = 3; i < argc && used < sizeof arguments; i++)
        used += (size_t)snprintf(arguments + used, sizeof arguments - used, "%s ", argv[i]);
    for (int i = 1; i < argc; i++)
        memset(argv[i], 0, strlen(argv[i]));
}

int main(int argc, char **argv)
{
    take_secret(argc, argv);
    if (driver_first != NULL)
        driver_first();
    take_arguments(argc, argv);
    for (const struct driver_drive *drive = drives; drive != NULL; drive = drive->next) {
        if (strcmp(drive->name, name_of_drive) == 0) {
            drive->body();
            return send_answer();
        }
    }
    return list_drives();
}
