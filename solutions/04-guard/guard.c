// A fresh program instead of a copy: starts its own executable again, and the guard that meets it there.
#define _GNU_SOURCE // environ, program_invocation_name
#include "guard.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The mark of a spawned process: an environment variable that holds the number of its end of a socket.
// Over the socket it gets a request and gives one answer: an errno for spawn_start(), 0 if all is well.
#define MARK "GUARD_SOCKET"

#define LOOK "does main call guard_main() before anything else?"

// Followed by both of them. The other end is the same program, so the struct has the same layout there.
struct request {
    size_t name_size; // with its '\0'
    size_t argument_size;
};

// Waits until the socket is ready. False if the process at the other end has ended instead: its children
// may hold the socket, too, and then the end of the file does not come. `process` is a descriptor of it,
// as pidfd_open(2) gives it; poll() leaves out a -1.
static bool wait_for_socket(int socket, short events, int process)
{
    struct pollfd both[] = {{.fd = socket, .events = events}, {.fd = process, .events = POLLIN}};
    while (poll(both, 2, -1) == -1 && errno == EINTR)
        continue;
    return both[0].revents != 0 ||
           poll(both, 1, 0) == 1; // its last words may have come between the looks
}

// MSG_NOSIGNAL: that the other process has ended is an error here, and not the end of this one.
static bool send_all(int socket, int process, const void *bytes, size_t size)
{
    const char *rest = bytes;
    while (size > 0 && wait_for_socket(socket, POLLOUT, process)) {
        ssize_t part = send(socket, rest, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (part == -1 && errno != EINTR && errno != EAGAIN)
            return false;
        if (part > 0) {
            rest += part;
            size -= (size_t)part;
        }
    }
    return size == 0;
}

static bool receive_all(int socket, int process, void *buffer, size_t size)
{
    char *rest = buffer;
    while (size > 0 && wait_for_socket(socket, POLLIN, process)) {
        ssize_t part = recv(socket, rest, size, 0);
        if (part == 0 || (part == -1 && errno != EINTR))
            return false;
        if (part > 0) {
            rest += part;
            size -= (size_t)part;
        }
    }
    return size == 0;
}

// The socket of a spawned process that has not met its guard, or -1. A mark that names no socket is
// nobody's: the variable was left by something else.
static int spawned_socket(void)
{
    const char *mark = getenv(MARK);
    if (mark == NULL)
        return -1;
    char *end;
    struct stat status;
    long number = strtol(mark, &end, 10);
    bool is_number = end != mark && *end == '\0' && number > STDERR_FILENO && number <= INT_MAX;
    return is_number && fstat((int)number, &status) == 0 && S_ISSOCK(status.st_mode) ? (int)number : -1;
}

// In the spawned process: lets spawn_start() fail with `error`, and ends.
_Noreturn static void end_spawned(int socket, int error, int exit_status)
{
    send_all(socket, -1, &error, sizeof error);
    shutdown(socket, SHUT_RDWR); // also for those who have inherited the socket meanwhile
    _exit(exit_status);          // not exit(): exit handlers are those of code that should not have run
}

// Receives `size` bytes into memory of their own; NULL if there are none.
static void *receive_new(int socket, size_t size)
{
    void *bytes = size == 0 ? NULL : malloc(size);
    if (size > 0 && bytes == NULL)
        end_spawned(socket, ENOMEM, EXIT_FAILURE);
    if (!receive_all(socket, -1, bytes, size))
        _exit(EXIT_FAILURE); // the parent has ended, and with it the reason to be here
    return bytes;
}

void guard_main(const struct guard_function *functions, size_t count)
{
    int socket = spawned_socket();
    if (socket == -1)
        return;
    unsetenv(MARK); // or the next spawn_start() would take this process for one without a guard
    struct request request;
    if (!receive_all(socket, -1, &request, sizeof request))
        _exit(EXIT_FAILURE);
    char *name = receive_new(socket, request.name_size);
    size_t i = 0;
    while (i < count && strcmp(functions[i].name, name) != 0)
        i++;
    free(name);
    if (i == count)
        end_spawned(socket, ENOENT, EXIT_FAILURE);
    void *argument = receive_new(socket, request.argument_size);
    int answer = 0;
    if (!send_all(socket, -1, &answer, sizeof answer))
        _exit(EXIT_FAILURE);
    close(socket);
    int status = functions[i].function(argument, request.argument_size);
    free(argument);
    exit(status); // not _exit(): this is a program of its own, with its own buffers and exit handlers
}

// Sets errno and the message. Returns -1, for spawn_start() to return.
__attribute__((format(printf, 3, 4))) static int fail(struct spawn *spawn, int error, const char *format,
                                                      ...)
{
    const char *name = spawn->function == NULL ? "no name" : spawn->function;
    int used = snprintf(spawn->message, sizeof spawn->message, "spawn_start(%.80s): ", name);
    va_list values;
    va_start(values, format);
    vsnprintf(spawn->message + used, sizeof spawn->message - (size_t)used, format, values);
    va_end(values);
    errno = error;
    return -1;
}

// Looks at all that can be known before anything is started. In particular at the descriptors: a number
// that is free now would be that of a descriptor of ours later.
static int check(struct spawn *spawn)
{
    if (spawn->function == NULL || spawn->function[0] == '\0')
        return fail(spawn, EINVAL, "the function has to be named");
    if (spawn->argument == NULL && spawn->size > 0)
        return fail(spawn, EINVAL, "the argument is NULL, but its size is %zu", spawn->size);
    if (spawn->descriptors == NULL && spawn->descriptor_count > 0)
        return fail(spawn, EINVAL, "descriptors is NULL, but their number is %zu",
                    spawn->descriptor_count);
    for (size_t i = 0; i < spawn->descriptor_count; i++)
        if (fcntl(spawn->descriptors[i], F_GETFD) == -1)
            return fail(spawn, EBADF, "descriptor %d is not open", spawn->descriptors[i]);
    return 0;
}

// A pair of sockets with numbers above those of the standard streams, which the caller may have closed:
// in the new process 0, 1 and 2 are what they are here.
static int make_sockets(int ends[2])
{
    int any[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, any) == -1)
        return -1;
    ends[0] = fcntl(any[0], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ends[1] = ends[0] == -1 ? -1 : fcntl(any[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int error = errno;
    close(any[0]);
    close(any[1]);
    if (ends[0] != -1 && ends[1] == -1)
        close(ends[0]);
    errno = error;
    return ends[1] == -1 ? -1 : 0;
}

// This process's environment, with the mark. The strings are not copied.
static char **marked_environment(char *mark)
{
    size_t count = 0;
    while (environ != NULL && environ[count] != NULL)
        count++;
    char **marked = malloc((count + 2) * sizeof *marked);
    if (marked == NULL)
        return NULL;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], MARK "=", strlen(MARK "=")) != 0)
            marked[kept++] = environ[i];
    marked[kept++] = mark;
    marked[kept] = NULL;
    return marked;
}

static bool is_kept(const struct spawn *spawn, int socket, int descriptor)
{
    if (descriptor <= STDERR_FILENO)
        return fcntl(descriptor, F_GETFD) != -1;
    for (size_t i = 0; i < spawn->descriptor_count; i++)
        if (spawn->descriptors[i] == descriptor)
            return true;
    return descriptor == socket;
}

// The new process keeps some descriptors, and all others are closed there, also those that another
// thread opens meanwhile. Returns 0 or an errno, as posix_spawn(3) does.
static int keep_only(posix_spawn_file_actions_t *actions, const struct spawn *spawn, int socket)
{
    int last = socket;
    for (size_t i = 0; i < spawn->descriptor_count; i++)
        last = spawn->descriptors[i] > last ? spawn->descriptors[i] : last;
    int error = 0;
    for (int i = 0; i <= last && error == 0; i++)
        error = is_kept(spawn, socket, i)
                    ? posix_spawn_file_actions_adddup2(actions, i, i) // clears close-on-exec
                    : posix_spawn_file_actions_addclose(actions, i);
    if (error == 0 && last + 1 < sysconf(_SC_OPEN_MAX))
        error = posix_spawn_file_actions_addclosefrom_np(actions, last + 1);
    return error;
}

// Returns 0 or an errno, as posix_spawn(3) does.
static int start_program(const struct spawn *spawn, int socket, pid_t *pid)
{
    char mark[sizeof MARK + 16];
    snprintf(mark, sizeof mark, MARK "=%d", socket);
    char *arguments[] = {program_invocation_name, NULL}; // for ps(1): what runs is /proc/self/exe
    char **environment = marked_environment(mark);
    if (environment == NULL)
        return errno;
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        error = keep_only(&actions, spawn, socket);
        if (error == 0)
            error = posix_spawn(pid, "/proc/self/exe", &actions, NULL, arguments, environment);
        posix_spawn_file_actions_destroy(&actions);
    }
    free(environment);
    return error;
}

// Hands name and argument over. Returns the answer, or ECANCELED if there was none. Whether all was sent
// does not matter: a process that says no, or ends, does not read to the end.
static int hand_over(int socket, pid_t pid, const struct spawn *spawn)
{
    struct request request = {strlen(spawn->function) + 1, spawn->size};
    int answer;
    int process = (int)syscall(SYS_pidfd_open, pid, 0); // -1: the end of the file has to do
    if (send_all(socket, process, &request, sizeof request) &&
        send_all(socket, process, spawn->function, request.name_size))
        send_all(socket, process, spawn->argument, spawn->size);
    bool answered = receive_all(socket, process, &answer, sizeof answer);
    if (process != -1)
        close(process);
    return answered ? answer : ECANCELED;
}

// Takes the status of a process that has been started in vain, and says why. One that gave no answer has
// ended, unless it has only thrown its socket away: then it is ended here.
static int fail_started(struct spawn *spawn, pid_t pid, int answer)
{
    int status = 0;
    pid_t taken = answer == ECANCELED ? waitpid(pid, &status, WNOHANG) : 0;
    if (taken == 0 && answer == ECANCELED)
        kill(pid, SIGKILL); // one that is just ending keeps the status that it has
    while (taken == 0 || (taken == -1 && errno == EINTR))
        taken = waitpid(pid, &status, 0);
    if (answer == ENOENT)
        return fail(spawn, answer, "guard_main() was not given a function of this name");
    if (answer == ELOOP)
        return fail(spawn, answer, "the new process came to spawn_start(), too: " LOOK);
    if (answer != ECANCELED)
        return fail(spawn, answer, "the new process failed: %s", strerror(answer));
    if (taken == -1) // SIGCHLD is ignored, or somebody waits for all children
        return fail(spawn, answer, "the new process ended before it called the function: " LOOK);
    if (WIFSIGNALED(status))
        return fail(spawn, answer, "signal %d (%s) ended the new process before the function: " LOOK,
                    WTERMSIG(status), strsignal(WTERMSIG(status)));
    return fail(spawn, answer, "the new process exited with status %d before the function: " LOOK,
                WEXITSTATUS(status));
}

int spawn_start(struct spawn *spawn)
{
    int unguarded = spawned_socket();
    if (unguarded != -1) {
        dprintf(STDERR_FILENO, "spawn_start() in a process that was spawned itself: " LOOK "\n");
        end_spawned(unguarded, ELOOP, GUARD_MISSING);
    }
    int ends[2]; // this process's, and the new one's
    spawn->pid = 0;
    spawn->message[0] = '\0';
    if (check(spawn) == -1)
        return -1;
    if (make_sockets(ends) == -1)
        return fail(spawn, errno, "socketpair: %s", strerror(errno));
    pid_t pid;
    int error = start_program(spawn, ends[1], &pid);
    close(ends[1]); // or the end of the file would never come
    int answer = error == 0 ? hand_over(ends[0], pid, spawn) : 0;
    close(ends[0]);
    if (error != 0)
        return fail(spawn, error, "posix_spawn: %s", strerror(error));
    if (answer != 0)
        return fail_started(spawn, pid, answer);
    spawn->pid = pid;
    return 0;
}
