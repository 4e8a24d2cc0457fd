// The formats, one file each: what a struct report_format has to write. In the result that they are given
// all texts are visible (sandbox/visible.h); what means something in the format they must escape.
#pragma once
#include "report.h"

typedef void report_writer(const json_t *result, const struct report_settings *settings, FILE *file);

report_writer report_text;
report_writer report_json;
report_writer report_junit;
report_writer report_tap;
report_writer report_html;
report_writer report_gradescope;
report_writer report_exercism;
report_writer report_autolab;
report_writer report_classroom50;
report_writer report_check50;
report_writer report_github;         // annotations: workflow commands
report_writer report_github_summary; // Markdown for the page of a run
report_writer report_github_result;  // for the reporter of GitHub Classroom: base64
