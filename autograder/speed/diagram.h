// The timing diagram of a run: a row for each worker, a bar for each item.
#pragma once
#include "trace.h"
#include <stdio.h>

struct bar {
    int worker; // its row, from 0
    int item;
    double begin_ms; // since the begin of the run
    double end_ms;
};

struct diagram {
    int workers;
    int count;
    double wall_ms;
    struct bar bars[TRACE_MOST_ITEMS];
};

struct diagram diagram_of(const struct trace *trace);

// Draws with characters: each line after `margin`, and `width` columns for the time. A bar begins with
// its item's number.
void diagram_text(const struct diagram *diagram, const char *margin, int width, FILE *file);

// Draws as a picture of its own (SVG 1.1) that follows the reader's light or dark colour scheme.
void diagram_svg(const struct diagram *diagram, const char *title, FILE *file);

// Draws as a part of a web page, which must have the rules of diagram_style() (CSS) in its style.
void diagram_inline(const struct diagram *diagram, const char *title, FILE *file);
const char *diagram_style(void);
