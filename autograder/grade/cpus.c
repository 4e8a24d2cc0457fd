// How many processors a program can use here.
#define _GNU_SOURCE // sched_getaffinity, CPU_COUNT
#include "cpus.h"
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cpus_of_quota(const char *text)
{
    long quota, period;
    if (sscanf(text, "%ld %ld", &quota, &period) != 2 || quota <= 0 || period <= 0)
        return 0;
    long hundredths = quota > LONG_MAX / 100 ? LONG_MAX / period : quota * 100 / period;
    return hundredths > 1000000 ? 1000000 : hundredths < 1 ? 1 : (int)hundredths;
}

static bool read_text(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    bool read = fgets(text, (int)size, file) != NULL;
    fclose(file);
    return read;
}

// The quota of one cgroup in either version, or 0.
static int quota_at(const char *mount, const char *group)
{
    char path[8300], text[128], period[64];
    snprintf(path, sizeof path, "%s%s/cpu.max", mount, group);
    if (read_text(path, text, sizeof text))
        return cpus_of_quota(text);
    snprintf(path, sizeof path, "%s%s/cpu.cfs_quota_us", mount, group);
    if (!read_text(path, text, sizeof text))
        return 0;
    snprintf(path, sizeof path, "%s%s/cpu.cfs_period_us", mount, group);
    if (!read_text(path, period, sizeof period))
        return 0;
    text[strcspn(text, "\n")] = ' ';
    strncat(text, period, sizeof text - strlen(text) - 1);
    return cpus_of_quota(text);
}

// The smallest quota from `group` up to the root of `mount`, or 0.
static int smallest_quota(const char *mount, char *group)
{
    int smallest = 0;
    for (;;) {
        int quota = quota_at(mount, group);
        if (quota > 0 && (smallest == 0 || quota < smallest))
            smallest = quota;
        char *last = strrchr(group, '/');
        if (last == NULL)
            return smallest;
        *last = '\0';
    }
}

// /proc/self/cgroup has a line "ID:CONTROLLERS:/GROUP" for each hierarchy; version 2 has no controllers.
static int cgroup_quota(void)
{
    char line[4200];
    int smallest = 0;
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *group = controllers == NULL ? NULL : strchr(controllers + 1, ':');
        if (group == NULL)
            continue;
        *group++ = '\0';
        controllers++;
        int quota = 0;
        if (*controllers == '\0')
            quota = smallest_quota("/sys/fs/cgroup", group);
        else if (strcmp(controllers, "cpu") == 0 || strstr(controllers, "cpu,") == controllers)
            quota = smallest_quota("/sys/fs/cgroup/cpu", group);
        if (quota > 0 && (smallest == 0 || quota < smallest))
            smallest = quota;
    }
    fclose(file);
    return smallest;
}

int cpus_hundredths(char *why)
{
    cpu_set_t allowed;
    int by_affinity =
        100 * (sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1);
    int by_quota = cgroup_quota();
    bool quota_decides = by_quota > 0 && by_quota < by_affinity;
    snprintf(why, 128, "%s",
             quota_decides ? "the cgroup's quota" : "the processors this process may run on");
    return quota_decides ? by_quota : by_affinity;
}

int cpus_usable(char *why)
{
    return (cpus_hundredths(why) + 99) / 100;
}
