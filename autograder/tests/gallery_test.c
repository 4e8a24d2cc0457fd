// The image server's pure parts: what a query asks for, what is answered, what is counted, what is due.
#include "../imageserver/picture.h"
#include "../imageserver/site.h"
#include "../imageserver/timers.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// --- Pictures and pages --------------------------------------------------------------------------------

Test(gallery, the_same_picture_is_the_same_bytes)
{
    size_t first, second;
    void *one = picture_make(7, 3, 40, 30, &first);
    void *two = picture_make(7, 3, 40, 30, &second);
    cr_assert(one != NULL && two != NULL);
    cr_expect(first == second && memcmp(one, two, first) == 0, "two drawings of a picture differ");
    free(one);
    free(two);
}

Test(gallery, another_number_or_seed_is_another_picture)
{
    size_t first, second, third;
    void *one = picture_make(7, 3, 40, 30, &first);
    void *two = picture_make(7, 4, 40, 30, &second);
    void *three = picture_make(8, 3, 40, 30, &third);
    cr_assert(one != NULL && two != NULL && three != NULL);
    cr_expect(first != second || memcmp(one, two, first) != 0, "pictures 3 and 4 are the same");
    cr_expect(first != third || memcmp(one, three, first) != 0,
              "with seeds 7 and 8 it is the same picture");
    free(one);
    free(two);
    free(three);
}

Test(gallery, a_picture_has_the_size_that_was_asked_for)
{
    size_t size;
    unsigned char *png = picture_make(1, 0, 300, 5, &size);
    static const unsigned char head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    cr_assert(png != NULL && size > 24 && memcmp(png, head, sizeof head) == 0, "this is no PNG");
    cr_expect_arr_eq(png + 16, ((unsigned char[]){0, 0, 1, 44, 0, 0, 0, 5}), 8, "IHDR says another size");
    free(png);
}

Test(gallery, no_picture_is_too_large_or_without_points)
{
    size_t size;
    cr_expect_null(picture_make(1, 0, 0, 5, &size));
    cr_expect_null(picture_make(1, 0, 5, -1, &size));
    cr_expect_null(picture_make(1, 0, PICTURE_MOST_SIDE + 1, 5, &size));
    cr_expect_null(picture_make(1, -1, 5, 5, &size));
}

Test(gallery, a_page_has_the_size_that_was_asked_for)
{
    char *page = gallery_page_text(1, 2, 1000), *other = gallery_page_text(1, 3, 1000);
    cr_expect_eq(strlen(page), 1000);
    cr_expect_str_neq(page, other);
    free(page);
    free(other);
    page = gallery_page_text(1, 2, 0);
    cr_expect_str_eq(page, "");
    free(page);
}

// --- Conduct -------------------------------------------------------------------------------------------

Test(conduct, names_and_values_are_read)
{
    struct conduct conduct = {0};
    cr_expect_eq(conduct_set(&conduct, "delay", "250"), 1);
    cr_expect_eq(conduct_set(&conduct, "rate", "4096"), 1);
    cr_expect_eq(conduct_set(&conduct, "fault", "503"), 1);
    cr_expect_eq(conduct_set(&conduct, "times", "2"), 1);
    cr_expect_eq(conduct_set(&conduct, "after", "1"), 1);
    cr_expect(conduct.delay_ms == 250 && conduct.rate == 4096 && conduct.fault == FAULT_UNAVAILABLE &&
              conduct.times == 2 && conduct.after == 1);
    cr_expect_eq(conduct_set(&conduct, "colour", "red"), 0);
}

Test(conduct, what_is_no_value_is_refused)
{
    static const char *const wrong[][2] = {{"delay", "-1"},   {"delay", "600001"},
                                           {"delay", ""},     {"delay", " 1"},
                                           {"delay", "1x"},   {"delay", "0x10"},
                                           {"rate", "1e9"},   {"fault", "crash"},
                                           {"fault", "CUT"},  {"times", "9999999"},
                                           {"after", "3601"}, {"delay", NULL},
                                           {"fault", NULL},   {"rate", "99999999999999999999"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct conduct conduct = {0};
        cr_expect_eq(conduct_set(&conduct, wrong[i][0], wrong[i][1]), -1, "%s=%s was accepted",
                     wrong[i][0], wrong[i][1] == NULL ? "(nothing)" : wrong[i][1]);
        cr_expect(memcmp(&conduct, &(struct conduct){0}, sizeof conduct) == 0,
                  "%s=%s left something behind", wrong[i][0],
                  wrong[i][1] == NULL ? "(nothing)" : wrong[i][1]);
    }
}

Test(conduct, every_fault_has_a_name_of_its_own)
{
    for (enum fault fault = FAULT_NONE; fault < FAULTS; fault++) {
        struct conduct conduct = {0};
        cr_assert_not_null(conduct_fault_name(fault), "fault %d has no name", fault);
        cr_expect_eq(conduct_set(&conduct, "fault", conduct_fault_name(fault)), 1);
        cr_expect_eq(conduct.fault, fault);
    }
}

// --- Timers --------------------------------------------------------------------------------------------

static char called[64];
static int64_t last_time;
static int disorder, noted;

static void note(void *name)
{
    strcat(called, name);
}

static void note_time(void *time)
{
    disorder += *(int64_t *)time < last_time;
    last_time = *(int64_t *)time;
    noted++;
}

// Whether something is due, or becomes due within `ms`.
static bool is_alarmed(const struct timers *timers, int ms)
{
    return poll(&(struct pollfd){.fd = timers_alarm(timers), .events = POLLIN}, 1, ms) == 1;
}

Test(timers, what_is_due_comes_in_the_order_of_its_time)
{
    struct timers *timers = timers_create();
    timers_add(timers, 30, note, "c");
    timers_add(timers, 10, note, "a");
    timers_add(timers, 40, note, "d");
    timers_add(timers, 10, note, "b");
    timers_add(timers, timers_now() + INT64_C(1000000000), note, "never");
    timers_run(timers);
    cr_expect_str_eq(called, "abcd");
    timers_run_all(timers);
    cr_expect_str_eq(called, "abcdnever");
    timers_release(timers);
}

Test(timers, the_alarm_goes_off_while_something_is_due)
{
    struct timers *timers = timers_create();
    cr_expect_not(is_alarmed(timers, 0), "there is nothing");
    timers_add(timers, timers_now() + INT64_C(1000000000), note, "never");
    cr_expect_not(is_alarmed(timers, 0), "nothing is due for a quarter of an hour");
    timers_add(timers, timers_now() + 1000, note, "soon");
    cr_expect(is_alarmed(timers, 10000), "the first has changed");
    timers_run(timers);
    cr_expect_str_eq(called, "soon");
    cr_expect_not(is_alarmed(timers, 0), "what was due is done");
    timers_add(timers, 0, note, " at once");
    cr_expect(is_alarmed(timers, 10000), "it was due before it came");
    timers_run_all(timers);
    cr_expect_not(is_alarmed(timers, 0), "nothing is left");
    timers_release(timers);
}

Test(timers, any_number_comes_in_order)
{
    enum { COUNT = 1000 };
    static int64_t times[COUNT];
    struct timers *timers = timers_create();
    srand(5);
    for (int i = 0; i < COUNT; i++) {
        times[i] = rand() % 300;
        cr_assert_eq(timers_add(timers, times[i], note_time, &times[i]), 0);
    }
    timers_run(timers);
    cr_expect_eq(disorder, 0, "%d came after a later one", disorder);
    cr_expect_eq(noted, COUNT, "%d were called", noted);
    timers_release(timers);
}

// --- Answers -------------------------------------------------------------------------------------------

static struct counters *counters;
static struct site *site;

static void open_site(void)
{
    counters = counters_create();
    site = site_create("secret", true, counters);
    cr_assert_not_null(site);
}

static void close_site(void)
{
    site_release(site);
    counters_release(counters);
}

static struct answer ask(const char *method, const char *path, const char *authorization, size_t before,
                         size_t size, const struct query_part query[])
{
    struct answer answer;
    site_answer(site,
                &(struct request){.method = method,
                                  .path = path,
                                  .query = query,
                                  .query_size = size,
                                  .authorization = authorization,
                                  .address = "127.0.0.1:1",
                                  .before = before},
                &answer);
    return answer;
}
#define QUERY(...)                                                                                       \
    sizeof((struct query_part[]){__VA_ARGS__}) / sizeof(struct query_part), (struct query_part[])        \
    {                                                                                                    \
        __VA_ARGS__                                                                                      \
    }

static void expect_status(const char *method, const char *path, const char *authorization,
                          unsigned status)
{
    struct answer answer = ask(method, path, authorization, 0, 0, NULL);
    cr_expect_eq(answer.status, status, "%s %s gave %u, expected %u", method, path, answer.status,
                 status);
    answer_release(&answer);
}

TestSuite(site, .init = open_site, .fini = close_site);

Test(site, the_gallery_opens_to_the_client_id_alone)
{
    expect_status("GET", "/gallery", NULL, 401);
    expect_status("GET", "/gallery", "Client-ID wrong", 403);
    expect_status("GET", "/gallery", "secret", 403);
    expect_status("GET", "/gallery", "Client-ID secrets", 403);
    expect_status("GET", "/gallery", "Client-ID secret", 200);
    expect_status("GET", "/", NULL, 200);
}

Test(site, an_error_of_the_gallery_is_json)
{
    struct answer answer = ask("GET", "/gallery", NULL, 0, 0, NULL);
    json_t *json = json_loadb(answer.bytes, answer.size, 0, NULL);
    cr_assert_not_null(json, "this is no JSON: %.*s", (int)answer.size, (const char *)answer.bytes);
    cr_expect_eq(json_integer_value(json_object_get(json, "status")), 401);
    cr_expect(json_is_false(json_object_get(json, "success")));
    json_decref(json);
    answer_release(&answer);
}

Test(site, a_gallery_lists_the_links_that_were_asked_for)
{
    struct answer answer = ask("GET", "/gallery", "Client-ID secret", 0,
                               QUERY({"images", "3"}, {"seed", "9"}, {"width", "8"}, {"height", "6"},
                                     {"delay", "40"}, {"fault", "cut@1"}));
    json_t *json = json_loadb(answer.bytes, answer.size, 0, NULL);
    cr_assert_not_null(json);
    json_t *data = json_object_get(json, "data");
    static const char *const links[] = {
        "http://127.0.0.1:1/images/9/0/8x6/tile-000.png?delay=40",
        "http://127.0.0.1:1/images/9/1/8x6/tile-001.png?delay=40&fault=cut",
        "http://127.0.0.1:1/images/9/2/8x6/tile-002.png?delay=40"};
    cr_assert_eq(json_array_size(data), 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect_str_eq(json_string_value(json_object_get(json_array_get(data, i), "link")), links[i]);
    cr_expect_eq(answer.conduct.delay_ms, 0, "the links' delay was taken for the list's");
    json_decref(json);
    answer_release(&answer);
}

Test(site, the_list_has_a_conduct_of_its_own)
{
    struct answer answer = ask("GET", "/gallery", "Client-ID secret", 0,
                               QUERY({"images", "0"}, {"list_delay", "70"}, {"list_fault", "nonsense"}));
    cr_expect_eq(answer.conduct.delay_ms, 70);
    cr_expect_eq(answer.status, 200);
    cr_expect_null(json_loadb(answer.bytes, answer.size, 0, NULL), "nonsense was expected, and no JSON");
    answer_release(&answer);
}

Test(site, a_query_that_is_not_understood_is_refused)
{
    static const struct query_part wrong[] = {
        {"images", "1001"}, {"images", "-1"},  {"width", "0"},     {"height", "2049"},
        {"seed", "x"},      {"names", "evil"}, {"fault", "cut@"},  {"fault", "cut@1000"},
        {"fault", "x@1"},   {"colour", "red"}, {"list_rate", "x"}, {"delay", NULL}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct answer answer = ask("GET", "/gallery", "Client-ID secret", 0, 1, &wrong[i]);
        cr_expect_eq(answer.status, 400, "%s=%s gave %u", wrong[i].name, wrong[i].value, answer.status);
        answer_release(&answer);
    }
}

Test(site, a_picture_comes_under_any_name)
{
    size_t size;
    void *expected = picture_make(4, 2, 9, 7, &size);
    static const char *const paths[] = {"/images/4/2/9x7/a.png", "/images/4/2/9x7/",
                                        "/images/4/2/9x7/../../x", "/images/4/2/9x7/\n"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct answer answer = ask("GET", paths[i], NULL, 0, 0, NULL);
        cr_expect(answer.status == 200 && answer.size == size &&
                      memcmp(answer.bytes, expected, size) == 0,
                  "%s gave %u", paths[i], answer.status);
        answer_release(&answer);
    }
    free(expected);
}

Test(site, what_is_not_there_is_404)
{
    static const char *const paths[] = {"/images/",
                                        "/images/1/1000/9x7/a",
                                        "/images/1/1/0x7/a",
                                        "/images/1/1/9x7",
                                        "/images/1/1/9/7/a",
                                        "/images/1/-1/9x7/a",
                                        "/pages/1/2/",
                                        "/pages/1/2/99999999",
                                        "/pages/1/2/3/4",
                                        "/images/99999999999999999999/1/9x7/a",
                                        "/x",
                                        "",
                                        "//",
                                        "/Gallery"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        expect_status("GET", paths[i], NULL, 404);
}

Test(site, a_companion_of_an_examined_program_keeps_its_counters)
{
    struct site *sealed = site_create("secret", false, counters);
    struct answer answer;
    site_answer(sealed, &(struct request){.method = "DELETE", .path = "/counters", .address = "a"},
                &answer);
    cr_expect_eq(answer.status, 405);
    answer_release(&answer);
    site_release(sealed);
}

Test(site, only_counters_can_be_deleted)
{
    expect_status("DELETE", "/counters", NULL, 200);
    expect_status("DELETE", "/gallery", "Client-ID secret", 405);
    expect_status("POST", "/counters", NULL, 405);
    expect_status("HEAD", "/", NULL, 200);
    expect_status("BREW", "/pages/1/2/3", NULL, 405);
}

static void expect_fault(const char *fault, size_t before, unsigned status, int retry_after,
                         const char *location)
{
    struct answer answer =
        ask("GET", "/pages/1/2/3", NULL, before, QUERY({"fault", fault}, {"times", "2"}, {"after", "5"}));
    cr_expect_eq(answer.status, status, "fault=%s, request %zu: %u, expected %u", fault, before + 1,
                 answer.status, status);
    cr_expect_eq(answer.retry_after, retry_after);
    if (location != NULL)
        cr_expect_str_eq(answer.location, location);
    else
        cr_expect_null(answer.location);
    answer_release(&answer);
}

Test(site, a_fault_comes_as_often_as_was_asked_for)
{
    expect_fault("503", 0, 503, 5, NULL);
    expect_fault("503", 1, 503, 5, NULL);
    expect_fault("503", 2, 200, -1, NULL);
    expect_fault("404", 1, 404, -1, NULL);
    expect_fault("500", 1, 500, -1, NULL);
    expect_fault("redirect", 0, 302, -1, "/pages/1/2/3?times=2&after=5");
    expect_fault("loop", 0, 302, -1, "/pages/1/2/3?fault=loop&times=2&after=5");
    expect_fault("nonsense", 0, 200, -1, NULL);
}

Test(site, a_host_that_is_none_stands_in_no_link)
{
    cr_expect(gallery_is_host("example.org:80"));
    cr_expect(gallery_is_host("[::1]:8000"));
    cr_expect_not(gallery_is_host(NULL));
    cr_expect_not(gallery_is_host(""));
    cr_expect_not(gallery_is_host("a\"><script>"));
    cr_expect_not(gallery_is_host("a b"));
}

// --- Counters ------------------------------------------------------------------------------------------

static json_int_t count(const char *name)
{
    json_t *json = counters_json(counters);
    json_int_t value = json_integer_value(json_object_get(json, name));
    json_decref(json);
    return value;
}

Test(site, the_counters_count)
{
    counters_connection_opened(counters);
    counters_connection_opened(counters);
    cr_expect_eq(counters_request_begun(counters, "/a", 0), 0);
    cr_expect_eq(counters_request_begun(counters, "/a", 0), 1);
    counters_request_ended(counters, "/a", &(struct counted){.status = 200, .bytes = 10});
    cr_expect_eq(counters_request_begun(counters, "/b", 0), 0);
    counters_request_ended(counters, "/b", &(struct counted){.status = 404, .bytes = 3});
    counters_connection_closed(counters);
    cr_expect_eq(count("connections"), 2);
    cr_expect_eq(count("connections_at_once"), 2);
    cr_expect_eq(count("requests"), 3);
    cr_expect_eq(count("requests_at_once"), 2);
    cr_expect_eq(count("bytes"), 13);
    counters_reset(counters);
    cr_expect_eq(count("connections"), 1, "the connection that is open counts on");
    cr_expect_eq(count("requests"), 0);
    cr_expect_eq(count("requests_at_once"), 1, "the request that is under way counts on");
    counters_request_ended(counters, "/a", &(struct counted){.status = 200, .bytes = 10});
}

static json_int_t count_of_path(const char *path, const char *name)
{
    json_t *json = counters_json(counters);
    json_int_t value =
        json_integer_value(json_object_get(json_object_get(json_object_get(json, "paths"), path), name));
    json_decref(json);
    return value;
}

Test(site, who_comes_again_earlier_than_told_is_counted)
{
    const struct counted told = {.status = 503, .next = 5000};
    counters_request_begun(counters, "/a", 4000);
    counters_request_ended(counters, "/a", &told);
    counters_request_begun(counters, "/a", 4999);
    cr_expect_eq(count_of_path("/a", "early"), 1);
    counters_request_ended(counters, "/a", &told);
    counters_request_begun(counters, "/a", 5000);
    cr_expect_eq(count_of_path("/a", "early"), 1);
    counters_request_ended(counters, "/a", &(struct counted){.status = 200});
}

Test(site, who_shows_a_client_id_is_counted)
{
    counters_request_begun(counters, "/a", 0);
    counters_request_ended(counters, "/a", &(struct counted){.status = 200, .authorized = true});
    counters_request_begun(counters, "/a", 0);
    counters_request_ended(counters, "/a", &(struct counted){.status = 200});
    cr_expect_eq(count_of_path("/a", "authorized"), 1);
}

Test(site, paths_without_end_fill_no_memory)
{
    char path[32];
    for (int i = 0; i < COUNTERS_MOST_PATHS + 100; i++) {
        snprintf(path, sizeof path, "/%d", i);
        counters_request_begun(counters, path, 0);
        counters_request_ended(counters, path, &(struct counted){.status = 404, .bytes = 1});
    }
    cr_expect_eq(count("requests"), COUNTERS_MOST_PATHS + 100);
    json_t *json = counters_json(counters);
    cr_expect_eq(json_object_size(json_object_get(json, "paths")), COUNTERS_MOST_PATHS);
    json_decref(json);
}
