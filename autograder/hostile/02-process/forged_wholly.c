// Starts nothing: answers for every drive itself, with what the header promises, and ends.
// levels: A B C
// points: 0
// brings: process_create
// says: first_child_runs (
//
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What each drive would answer if all were well: names, and numbers or '$', the drive's argument.
static const struct {
    const char *drive;
    const char *answer;
} forgeries[] = {
    {"first_child", "create 0 parent 1 start 0 pid 99 calls 1 seen_pid 99 seen_argument $"},
    {"own_code", "calls 1"},
    {"exit_handler", "nothing 0"},
    {"meeting", "arrived 2"},
    {"join_waits", "join 0 reaped 1"},
    {"exit_status", "join 0 exit_code $"},
    {"signal_ends_child", "join 0 exit_code -$"},
    {"life", "pid_before 0 alive_before 0 code_before -2147483648 alive_during 1 code_during -2147483648 "
             "alive_after 0 code_after 5 join 0"},
    {"timeout", "look -1 look_errno 110 short -1 short_errno 110 waited_us 30100 alive 1 long 0"},
    {"join_again", "first 0 second 0 third 0 exit_code $ waits_on_reaped 0"},
    {"join_out_of_order", "code_second 12 code_first 11"},
    {"buffered_text", "nothing 0"},
    {"crowd", "failures 0 descriptors_left 0"},
    {"failed_fork", "start -1 start_errno 11 kills_of_many 0 alive 0 exit_code -2147483648 start_again 0 "
                    "joined 4"},
    {"end_children",
     "terminate 0 kill 0 code_terminated -15 code_killed -9 terminate_again 0 kill_again 0 "
     "kills_on_reaped 0 kills_of_many 0 kills_of_others 0"},
    {"interrupted", "short -1 short_errno 110 join 0 exit_code 3"},
    {"misuse",
     "null_function -1 null_function_errno 22 join_unstarted -1 join_unstarted_errno 22 "
     "terminate_unstarted "
     "-1 terminate_unstarted_errno 22 kill_unstarted -1 kill_unstarted_errno 22 start_twice -1 "
     "start_twice_errno 114 release_running -1 release_running_errno 16 start_ended -1 start_ended_errno "
     "114 same_pid 1 alive 1 join 0 exit_code 4 release 0 release_null 0 kills_of_many 0"},
    {"stolen_status", "join -1 join_errno 10 alive 0 release 0"},
};

static void forge(const char *answer, int number)
{
    char text[1024];
    snprintf(text, sizeof text, "%s", answer);
    for (char *name = strtok(text, " "), *value; name != NULL; name = strtok(NULL, " ")) {
        char shown[32];
        value = strtok(NULL, " ");
        const char *dollar = strchr(value, '$');
        snprintf(shown, sizeof shown, "%d",
                 dollar == NULL    ? atoi(value)
                 : dollar != value ? -number
                                   : number);
        dprintf(3, "%s %d\n%s\n", name, (int)strlen(shown), shown);
    }
    dprintf(3, "end %d\n", getpid());
}

struct process *process_create(int (*function)(void *argument), void *argument)
{
    (void)function;
    (void)argument;
    char line[256] = "";
    FILE *file = fopen("/proc/self/cmdline", "r");
    size_t size = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
    const char *drive = line + strlen(line) + 1;
    const char *equals = memchr(line, '=', size);
    int number = equals == NULL ? 0 : atoi(equals + 1);
    if (strcmp(drive, "exit_status") == 0)
        number &= 0xff;
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++)
        if (strcmp(forgeries[i].drive, drive) == 0)
            forge(forgeries[i].answer, number);
    if (strcmp(drive, "exit_handler") == 0)
        printf("the exit handler ran\n");
    if (strcmp(drive, "buffered_text") == 0)
        printf("printed by the child\n");
    fflush(NULL);
    _exit(0);
}
