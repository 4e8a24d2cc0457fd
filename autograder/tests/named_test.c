// What driver/faulty_named.c promises: names in a folder of one's own work as they do in /dev/shm, at
// every level of the sandbox.
#include "sandbox_support.h"
#include <stdlib.h>
#include <string.h>

TestSuite(named, .init = sandbox_prepare, .fini = folder_remove, .timeout = 60);

// The calls as a module makes them, renamed as compile.sh does it.
static const char user[] =
    "#include <errno.h>\n#include <fcntl.h>\n#include <semaphore.h>\n#include <stdio.h>\n#include "
    "<string.h>\n"
    "#include <sys/mman.h>\n#include <sys/wait.h>\n#include <unistd.h>\n"
    "static void say(const char *what, int result)\n"
    "{\n"
    "    printf(\"%s %s\\n\", what, result == -1 ? strerror(errno) : \"done\");\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    char name[32];\n"
    "    setvbuf(stdout, NULL, _IONBF, 0);\n"
    "    snprintf(name, sizeof name, \"/named-%d\", (int)getpid());\n"
    "    say(\"open nothing\", shm_open(name, O_RDWR, 0));\n"
    "    int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);\n"
    "    say(\"truncate\", ftruncate(file, 4096));\n"
    "    say(\"open again\", shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));\n"
    "    char *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, shm_open(name, O_RDWR, 0), "
    "0);\n"
    "    sem_t *none = sem_open(name, 0), *gate = sem_open(name, O_CREAT | O_EXCL, 0600, 0);\n"
    "    sem_t *same = sem_open(name, O_CREAT, 0600, 7);\n"
    "    printf(\"%d %d\\n\", none == SEM_FAILED, sem_open(name, O_CREAT | O_EXCL, 0600, 0) == "
    "SEM_FAILED);\n"
    "    if (fork() == 0)\n"
    "        _exit(strcpy(memory, \"hello\") == NULL || sem_post(sem_open(name, 0)) == -1);\n"
    "    say(\"wait\", sem_wait(same));\n"
    "    wait(NULL);\n"
    "    puts(memory);\n"
    "    say(\"close\", sem_close(gate));\n"
    "    say(\"close\", sem_close(same));\n"
    "    say(\"unlink\", sem_unlink(name));\n"
    "    say(\"unlink\", sem_unlink(name));\n"
    "    say(\"unlink\", shm_unlink(name));\n"
    "    say(\"a/b\", shm_open(\"/a/b\", O_RDWR | O_CREAT, 0600));\n"
    "    say(\"nothing\", shm_open(\"/\", O_RDWR | O_CREAT, 0600));\n"
    "}\n";

AT_EVERY_LEVEL(named, objects_work_as_the_manual_says)
{
    static const char *const flags = "-Dshm_open=faulty_shm_open -Dshm_unlink=faulty_shm_unlink "
                                     "-Dsem_open=faulty_sem_open -Dsem_close=faulty_sem_close "
                                     "-Dsem_unlink=faulty_sem_unlink";
    write_text(in_folder("user.c"), user);
    struct ran built = run("sh", "-c",
                           text_of("gcc -w %s -c -o %s.o %s && gcc -D_DEFAULT_SOURCE -o %s %s.o %s",
                                   flags, in_folder("user"), in_folder("user.c"), in_folder("kit/user"),
                                   in_folder("user"), in_workbook("autograder/driver/faulty_named.c")),
                           NULL);
    cr_assert(built.status == 0, "gcc: %s", built.errors);
    struct sandbox_job job = job_of("");
    job.program = "user";
    job.arguments = NULL;
    job.limits.stall_ms = 5000;
    expect_output(
        outcome_of(level, &job),
        "open nothing No such file or directory\ntruncate done\nopen again File exists\n1 1\nwait done\n"
        "hello\nclose done\nclose done\nunlink done\nunlink No such file or directory\nunlink done\n"
        "a/b Invalid argument\nnothing Invalid argument\n");
}
