// The timing diagram of a run.
#include "diagram.h"
#include "workers.h"
#include <stdbool.h>
#include <string.h>

enum { MOST_COLUMNS = 160, ROW = 28, BAR = 20, LEFT = 84, TOP = 34, WIDE = 720, MARGIN = 12 };

struct diagram diagram_of(const struct trace *trace)
{
    const struct workers workers = workers_of(trace);
    struct diagram diagram = {.workers = workers.count,
                              .wall_ms = (double)(trace->end - trace->begin) / 1e6};
    for (int i = 0; i < trace->items; i++) {
        const struct trace_item *item = &trace->item[i];
        int row = 0;
        while (row < workers.count && workers.worker[row].pid != item->pid)
            row++;
        if (item->runs > 0 && row < workers.count)
            diagram.bars[diagram.count++] =
                (struct bar){.worker = row,
                             .item = i,
                             .begin_ms = (double)(item->begin - trace->begin) / 1e6,
                             .end_ms = (double)(item->end - trace->begin) / 1e6};
    }
    return diagram;
}

// The times come from the submission's own process: anything may stand there.
static int column(const struct diagram *diagram, double ms, int width)
{
    double at = diagram->wall_ms > 0 ? ms / diagram->wall_ms * width : 0;
    return at >= width ? width : at > 0 ? (int)at : 0;
}

static void draw_row(const struct diagram *diagram, int row, int width, char *line)
{
    memset(line, '.', (size_t)width);
    line[width] = '\0';
    for (int i = 0; i < diagram->count; i++) {
        const struct bar *bar = &diagram->bars[i];
        char number[16];
        if (bar->worker != row)
            continue;
        int begin = column(diagram, bar->begin_ms, width);
        int end = column(diagram, bar->end_ms, width);
        if (begin >= width)
            begin = width - 1;
        int length = end > begin ? end - begin : 1;
        int digits = snprintf(number, sizeof number, "%d", bar->item);
        memset(line + begin, '=', (size_t)length);
        if (digits < length) // or two bars would run into each other
            memcpy(line + begin, number, (size_t)digits);
        else
            line[begin] = '|';
    }
}

void diagram_text(const struct diagram *diagram, const char *margin, int width, FILE *file)
{
    char line[MOST_COLUMNS + 1];
    if (width > MOST_COLUMNS)
        width = MOST_COLUMNS;
    for (int row = 0; row < diagram->workers; row++) {
        draw_row(diagram, row, width, line);
        fprintf(file, "%sworker %-2d %s\n", margin, row + 1, line);
    }
    fprintf(file, "%s%10s0 ms%*.1f ms\n", margin, "", width - 7, diagram->wall_ms);
}

const char *diagram_style(void)
{
    return ".diagram .page{fill:#fff}.diagram text{font:13px sans-serif;fill:#222}"
           ".diagram .small{font-size:11px}.diagram .row{fill:#eee}.diagram .bar{fill:#2a6fb0}"
           ".diagram .odd{fill:#5b93c7}.diagram .number{fill:#fff;font-size:11px;text-anchor:middle}"
           "@media(prefers-color-scheme:dark){.diagram .page{fill:#1b1f24}.diagram text{fill:#ddd}"
           ".diagram .row{fill:#333}.diagram .bar{fill:#6fa8dc}.diagram .odd{fill:#4c86ba}"
           ".diagram .number{fill:#111}}";
}

static void svg_bar(const struct diagram *diagram, const struct bar *bar, bool odd, FILE *file)
{
    double scale = diagram->wall_ms > 0 ? WIDE / diagram->wall_ms : 0;
    double left = LEFT + bar->begin_ms * scale;
    double width = (bar->end_ms - bar->begin_ms) * scale;
    int top = TOP + bar->worker * ROW + (ROW - BAR) / 2;
    fprintf(file,
            "<rect class=\"bar%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\">"
            "<title>item %d, worker %d: %.1f to %.1f ms</title></rect>\n",
            odd ? " odd" : "", left, top, width < 1 ? 1 : width, BAR, bar->item, bar->worker + 1,
            bar->begin_ms, bar->end_ms);
    if (width >= 16)
        fprintf(file, "<text class=\"number\" x=\"%.1f\" y=\"%d\">%d</text>\n", left + width / 2,
                top + BAR - 6, bar->item);
}

// A title may hold what is markup in XML, or, where a log shows the picture, a command to a CI system.
static void escaped(const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        if (strchr("&<>\"#:", *text) != NULL)
            fprintf(file, "&#%d;", *text);
        else
            fputc(*text, file);
    }
}

static void svg_rows(const struct diagram *diagram, FILE *file)
{
    for (int row = 0; row < diagram->workers; row++)
        fprintf(file,
                "<rect class=\"row\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
                "<text x=\"%d\" y=\"%d\">worker %d</text>\n",
                LEFT, TOP + row * ROW + (ROW - BAR) / 2, WIDE, BAR, MARGIN, TOP + row * ROW + BAR - 2,
                row + 1);
    bool odd[TRACE_MOST_ITEMS] = {false}; // neighbours in a row differ
    for (int i = 0; i < diagram->count; i++) {
        const struct bar *bar = &diagram->bars[i];
        svg_bar(diagram, bar, odd[bar->worker], file);
        odd[bar->worker] = !odd[bar->worker];
    }
}

static void svg(const struct diagram *diagram, const char *title, const char *style, FILE *file)
{
    int width = LEFT + WIDE + MARGIN;
    int height = TOP + diagram->workers * ROW + TOP;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" viewBox=\"0 0 %d %d\" "
            "width=\"%d\" height=\"%d\" role=\"img\">\n<title>",
            width, height, width, height);
    escaped(title, file);
    fprintf(file, "</title>\n");
    if (style[0] != '\0')
        fprintf(file, "<style>%s</style>\n", style);
    fprintf(file, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n<text x=\"%d\" y=\"20\">", width,
            height, MARGIN);
    escaped(title, file);
    fprintf(file, "</text>\n");
    svg_rows(diagram, file);
    fprintf(file,
            "<text class=\"small\" x=\"%d\" y=\"%d\">0 ms</text>\n"
            "<text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%.1f ms</text>\n</svg>\n",
            LEFT, height - 14, LEFT + WIDE, height - 14, diagram->wall_ms);
}

void diagram_svg(const struct diagram *diagram, const char *title, FILE *file)
{
    svg(diagram, title, diagram_style(), file);
}

void diagram_inline(const struct diagram *diagram, const char *title, FILE *file)
{
    svg(diagram, title, "", file);
}
