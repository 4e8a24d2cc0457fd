// Other reports of a result that was kept as JSON.
#include "commands.h"
#include "die.h"
#include "outputs.h"
#include <getopt.h>
#include <string.h>

static json_t *read_result(const char *path)
{
    json_error_t error;
    json_t *result = json_load_file(path, 0, &error);
    if (result == NULL)
        die("cannot read %s: %s", path, error.text);
    const char *schema = json_string_value(json_object_get(result, "schema"));
    if (schema == NULL || strcmp(schema, "workbook/result/1") != 0)
        die("%s is no result: its \"schema\" is not \"workbook/result/1\"", path);
    return result;
}

int command_report(int argc, char **argv)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"append", required_argument, NULL, 'a'},
        {NULL, 0, NULL, 0},
    };
    struct outputs outputs = {0};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'f')
            outputs_add(&outputs, optarg);
        else if (option == 'o' || option == 'a')
            outputs_to(&outputs, optarg, option == 'a');
        else
            die("see build/grade --help");
    }
    if (argc - optind != 1)
        die("name one file that holds a result; see build/grade --help");
    json_t *result = read_result(argv[optind]);
    outputs_open(&outputs);
    outputs_finish(&outputs, result, REPORT_ALL_FAILURES);
    outputs_close(&outputs);
    json_decref(result);
    return EXIT_FULL_MARKS;
}
